// Options of curl 7.88 to 8.17 that have no effect on a request here (curl.1). The names are needed to expand abbreviated
// options.

/** Options that do what is done anyway: the response is shown as it comes, with its head; redirects are followed. */
export const PASSED_FLAGS = `-N --no-buffer --buffer -i --include --show-headers -v --verbose -s --silent -S --show-error --no-progress-meter
--progress-meter -# --progress-bar -L --location --follow -f --fail --fail-with-body --basic --http1.1 -q --disable --styled-output`;

export const IGNORED_FLAGS = `-0 --http1.0 --http0.9 --http2 --http2-prior-knowledge --http3 --http3-only -4 --ipv4 -6 --ipv6 -2 --sslv2 -3
--sslv3 -1 --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 --tcp-nodelay --tcp-fastopen --mptcp --no-keepalive --keepalive --no-alpn
--alpn --no-npn --npn --no-sessionid --sessionid --no-clobber --clobber -a --append --ca-native --cert-status --compressed-ssh --create-dirs
--crlf --disable-eprt --eprt --disable-epsv --epsv --disallow-username-in-url --doh-cert-status --doh-insecure --fail-early --false-start
--form-escape --ftp-create-dirs --ftp-pasv --ftp-pret --ftp-skip-pasv-ip --ftp-ssl-ccc --ftp-ssl-control --haproxy-protocol
--ignore-content-length -j --junk-session-cookies -l --list-only --location-trusted --mail-rcpt-allowfails --metalink --netrc-optional
--out-null -Z --parallel --parallel-immediate --path-as-is --post301 --post302 --post303 --proxy-anyauth --proxy-basic --proxy-ca-native
--proxy-digest --proxy-http2 --proxy-http3 --proxy-insecure --proxy-negotiate --proxy-ntlm --proxy-ssl-allow-beast
--proxy-ssl-auto-client-cert --proxy-tlsv1 -p --proxytunnel --raw -J --remote-header-name -O --remote-name --remote-name-all -R
--remote-time --remove-on-error --retry-all-errors --retry-connrefused --sasl-ir --skip-existing --socks5-basic --socks5-gssapi
--socks5-gssapi-nec --ssl --ssl-allow-beast --ssl-auto-client-cert --ssl-no-revoke --ssl-reqd --ssl-revoke-best-effort --ssl-sessions
--suppress-connect-headers --tftp-no-options --tls-earlydata --tr-encoding --trace-ids --trace-time -B --use-ascii --xattr`;

export const IGNORED_VALUES = `-m --max-time --connect-timeout --max-redirs --keepalive-time --keepalive-cnt --limit-rate --retry
--retry-delay --retry-max-time --rate -o --output --output-dir -w --write-out -D --dump-header -c --cookie-jar --alt-svc --cacert --capath
--cert-type --ciphers --create-file-mode --crlfile --curves --delegation --dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers
--doh-url --dump-ca-embed --ech --egd-file --engine --etag-save --expect100-timeout --ftp-account --ftp-alternative-to-user --ftp-method -P
--ftp-port --ftp-ssl-ccc-mode --happy-eyeballs-timeout-ms --haproxy-clientip --hostpubmd5 --hostpubsha256 --hsts --interface --ip-tos
--ipfs-gateway --key-type --krb --libcurl --local-port --login-options --mail-auth --mail-from --mail-rcpt --max-filesize --noproxy
--parallel-max --parallel-max-host --pass --pinnedpubkey --proto --proto-default --proto-redir --proxy-cacert --proxy-capath --proxy-cert
--proxy-cert-type --proxy-ciphers --proxy-crlfile --proxy-header --proxy-key --proxy-key-type --proxy-pass --proxy-pinnedpubkey
--proxy-service-name --proxy-tls13-ciphers --proxy-tlsauthtype --proxy-tlspassword --proxy-tlsuser -U --proxy-user --pubkey -Q --quote
--random-file --sasl-authzid --service-name --sigalgs --socks5-gssapi-service -Y --speed-limit -y --speed-time --stderr -t
--telnet-option --tftp-blksize --tls-max --tls13-ciphers --tlsauthtype --tlspassword --tlsuser --trace --trace-ascii --trace-config
--upload-flags --vlan-priority`;

/** Options that would send another request, or send it another way. */
export const REFUSED = `-F --form --form-string -T --upload-file -: --next -K --config --variable --expand-url --expand-data --expand-header
--expand-json --expand-user --expand-request -x --proxy --preproxy --proxy1.0 --socks4 --socks4a --socks5 --socks5-hostname -E --cert --key
--resolve --connect-to --unix-socket --abstract-unix-socket --digest --ntlm --ntlm-wb --negotiate --anyauth --aws-sigv4 -n --netrc
--netrc-file -r --range -C --continue-at -z --time-cond --request-target --etag-compare -h --help -M --manual -V --version`;
