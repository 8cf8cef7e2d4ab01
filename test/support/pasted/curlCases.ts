// Other projects' reports on pasted commands, restated, with the reading by the manuals of curl and the shell.
import type { PastedForm } from './pastedForm';

export const CURL_CASES: PastedForm[] = [
  {
    title: 'C01: A comment line before the command, as docs and chat assistants write it',
    source: 'reqable/reqable-app#2810; kadreio/mcp-coding-agents curl-examples.md (glama.ai)',
    lines: [
      '# Initialize and save response with headers',
      'curl -i -X POST http://localhost:3050/mcp \\',
      '  -H "Content-Type: application/json" \\',
      '  -H "Accept: application/json, text/event-stream" \\',
      '  -d \'{"jsonrpc":"2.0","method":"initialize","id":1}\'',
    ],
    notes: [],
    request: {
      'method': 'POST',
      'url': 'http://localhost:3050/mcp',
      'headers': [
        ['Content-Type', 'application/json'],
        ['Accept', 'application/json, text/event-stream'],
      ],
      'body': '{"jsonrpc":"2.0","method":"initialize","id":1}',
      'insecure': false,
    },
  },
  {
    title: 'C03: The body from a here-document',
    source: 'OwnLLM docs “curl” (tool calling); curlconverter/curlconverter#328; arangodb/arangodb#1342',
    lines: [
      'curl -N https://acme.example.test/v1/chat/completions \\',
      '  -H "Content-Type: application/json" \\',
      "  -d @- <<'JSON'",
      '{',
      '  "stream": true,',
      '  "messages": [{"role": "user", "content": "What\'s the weather?"}]',
      '}',
      'JSON',
    ],
    notes: [],
    request: {
      'method': 'POST',
      'url': 'https://acme.example.test/v1/chat/completions',
      'headers': [['Content-Type', 'application/json']],
      'body': '{  "stream": true,  "messages": [{"role": "user", "content": "What\'s the weather?"}]}',
      'insecure': false,
    },
  },
  {
    title: 'C04: cmd continuation with words that aren’t quoted, as docs’ Windows tabs have it',
    source: 'curlconverter/curlconverter#598; #143',
    lines: [
      'curl --request POST ^',
      '  --url https://www.example.test/s ^',
      '  --header "Content-Type: application/json" ^',
      '  --data "{\\"stream\\":true}"',
    ],
    notes: [],
    request: {
      'method': 'POST',
      'url': 'https://www.example.test/s',
      'headers': [['Content-Type', 'application/json']],
      'body': '{"stream":true}',
      'insecure': false,
    },
  },
  {
    title: 'C06: Chrome’s older copy for cmd on one line: ^ inside the quotes, first word plain',
    source: 'postmanlabs/postman-app-support#5182',
    lines: [
      'curl "https://x.example.test/1/cards" --data-binary "^{^\\^"name^\\^":^\\^"hello world^\\^",^\\^"pos^\\^":65535^}" --compressed',
    ],
    notes: [],
    request: {
      'method': 'POST',
      'url': 'https://x.example.test/1/cards',
      'headers': [
        ['Accept-Encoding', 'gzip, deflate, br'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      'body': '{"name":"hello world","pos":65535}',
      'insecure': false,
    },
  },
  {
    title: 'C07: Doubled quotes (older Chrome, Windows docs): read as bash the quotes vanish without a word',
    source: 'postmanlabs/postman-app-support#1157',
    lines: [
      'curl "http://qa.example.test/login" -H "Accept: text/event-stream" --data-binary "{""user"":{""id"":""7""}}" --compressed',
    ],
    notes: [['doubledQuotes', '""']],
    request: {
      'method': 'POST',
      'url': 'http://qa.example.test/login',
      'headers': [
        ['Accept', 'text/event-stream'],
        ['Accept-Encoding', 'gzip, deflate, br'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      'body': '{"user":{"id":"7"}}',
      'insecure': false,
    },
  },
  {
    title: 'C09: Chrome’s present copy for cmd: percent signs in a cookie',
    source: 'ChromeDevTools/devtools-frontend NetworkLogView.test.ts',
    lines: ['curl ^"http://localhost/events^" -b ^"eva=^%^22Sg4^%^3D^%^22^"'],
    notes: [],
    request: {
      'method': 'GET',
      'url': 'http://localhost/events',
      'headers': [['Cookie', 'eva=%22Sg4%3D%22']],
      'insecure': false,
    },
  },
  {
    title: "C10: Firefox’s copy (POSIX) writes ^& into $'…' where the text has a quote or a non-ASCII character",
    source: 'mozilla/gecko-dev devtools/client/shared/curl.js (escapeStringPosix)',
    lines: [
      "curl 'https://e.example.test/x' \\",
      '  -X POST \\',
      "  -H 'Content-Type: application/x-www-form-urlencoded' \\",
      "  --data-raw $'a=it\\'s^&b=caf\\xe9'",
    ],
    notes: [],
    request: {
      'method': 'POST',
      'url': 'https://e.example.test/x',
      'headers': [['Content-Type', 'application/x-www-form-urlencoded']],
      'body': "a=it's^&b=café",
      'insecure': false,
    },
  },
  {
    title: 'C12: Chrome’s copy (bash): a header without a value',
    source: 'ChromeDevTools/devtools-frontend NetworkLogView.test.ts',
    lines: ["curl 'http://localhost/e' \\", "  -H 'header-with-value: some value' \\", "  -H 'no-value-header;'"],
    notes: [],
    request: {
      'method': 'GET',
      'url': 'http://localhost/e',
      'headers': [
        ['header-with-value', 'some value'],
        ['no-value-header', ''],
      ],
      'insecure': false,
    },
  },
  {
    title: 'C13: Postman’s snippet',
    source: 'olsh/curl-to-csharp#80; michael-shub/curl2scrapy#6',
    lines: [
      "curl --location --request POST 'http://localhost:5001/api/stream' \\",
      "--header 'Content-Type: application/json' \\",
      "--data-raw '{",
      '    "v": {',
      '        "id": "OMS"',
      '    }',
      "}'",
    ],
    notes: [],
    request: {
      'method': 'POST',
      'url': 'http://localhost:5001/api/stream',
      'headers': [['Content-Type', 'application/json']],
      'body': '{\n    "v": {\n        "id": "OMS"\n    }\n}',
      'insecure': false,
    },
  },
  {
    title: 'C15: A placeholder in angle brackets in the URL',
    source: 'postmanlabs/curl-to-postman#57',
    lines: [
      'curl --request GET \\',
      '  --url https://hello.example.test/company/<companyId>/events \\',
      '  --header "Accept: text/event-stream"',
    ],
    values: { '<companyId>': 'acme' },
    notes: [['placeholder', '<companyId>']],
    request: {
      'method': 'GET',
      'url': 'https://hello.example.test/company/acme/events',
      'headers': [['Accept', 'text/event-stream']],
      'insecure': false,
    },
  },
  {
    title: 'C16: The body from a file',
    source: 'BerriAI/litellm#32159; Quix Streaming Writer docs; pivotal-cf/om#481',
    lines: [
      "curl -sN -w '\\n[%{http_code}]\\n' http://localhost:4000/v1/messages -H 'Authorization: Bearer sk-invented' -H 'content-type: application/json' -d @req.json | tail -8",
    ],
    files: { 'req.json': '{"stream":\r\n true}\n' },
    notes: [
      ['file', 'req.json'],
      ['ignored', '-w'],
      ['rest', '| tail -8'],
    ],
    request: {
      'method': 'POST',
      'url': 'http://localhost:4000/v1/messages',
      'headers': [
        ['Authorization', 'Bearer sk-invented'],
        ['content-type', 'application/json'],
      ],
      'body': '{"stream": true}',
      'insecure': false,
    },
  },
  {
    title: 'C17: A multipart upload that answers with a stream (transcriptions)',
    source: 'jundot/omlx#2075; vllm-project/vllm#49116; collabora/WhisperLive#452 (the endpoint takes a form)',
    lines: [
      'curl https://api.example.test/v1/audio/transcriptions -H "Authorization: Bearer sk-invented" -F file=@speech.mp3 -F model=m -F stream=True',
    ],
    error: ['unsupported', '-F'],
  },
  {
    title: 'C18: Typographic quotes and dashes from a word processor or a wiki',
    source: 'luckymarmot/Paw-cURLImporter#7',
    lines: ['curl -N -H “Accept: text/event-stream” https://a.example.test/x'],
    error: ['quotes', '“'],
  },
  {
    title: 'C20: curl takes an unambiguous beginning of a long option',
    source: 'arangodb/arangodb#1342 (--dump -)',
    lines: ['curl -X POST --data-raw \'{"a":1}\' --dump - http://localhost:8529/_api/x'],
    notes: [['ignored', '--dump']],
    request: {
      'method': 'POST',
      'url': 'http://localhost:8529/_api/x',
      'headers': [['Content-Type', 'application/x-www-form-urlencoded']],
      'body': '{"a":1}',
      'insecure': false,
    },
  },
  {
    title: 'C21: Options that change nothing here but aren’t known',
    source: 'auth0/docs-v2#963 (--http2); EventSource/eventsource#117 (h2c: --http2-prior-knowledge); curl’s manual',
    lines: [
      'curl -N --tlsv1.2 --retry 5 --retry-all-errors --retry-connrefused --ssl-no-revoke -O https://a.example.test/x',
    ],
    notes: [
      ['ignored', '--tlsv1.2'],
      ['ignored', '--retry'],
      ['ignored', '--retry-all-errors'],
      ['ignored', '--retry-connrefused'],
      ['ignored', '--ssl-no-revoke'],
      ['ignored', '-O'],
    ],
    request: { 'method': 'GET', 'url': 'https://a.example.test/x', 'headers': [], 'insecure': false },
  },
  {
    title: 'C22: Braces in the URL, escaped for curl’s globbing',
    source: 'NepeinAV/rn-eventsource-reborn#1',
    lines: ['curl "http://localhost:8000/graphql?query=subscription\\{counter\\}"'],
    notes: [],
    request: {
      'method': 'GET',
      'url': 'http://localhost:8000/graphql?query=subscription{counter}',
      'headers': [],
      'insecure': false,
    },
  },
  {
    title: 'C24: A body that was pasted into single quotes without escaping its own',
    source: 'leoek/fetch-to-curl#42',
    lines: [
      'curl \'http://localhost:8090/v1/api\' -X POST -H "Content-Type: application/json" --data-binary \'{"example":"Example with \'single quotes\'"}',
    ],
    error: ['quote', "'"],
  },
  {
    title: 'C25: Transfer-Encoding: chunked by -H, as curl’s manual allows it',
    source:
      'codemia.io and salivity.github.io “curl … chunked transfer encoding” (the -H way); RFC 9112 §6.2; measured with curl 7.88: chunked, no Content-Length',
    lines: ["curl -N -H 'Transfer-Encoding: chunked' -H 'Content-Type: text/plain' -d abc http://127.0.0.1:8080/x"],
    notes: [],
    request: {
      'method': 'POST',
      'url': 'http://127.0.0.1:8080/x',
      'headers': [
        ['Transfer-Encoding', 'chunked'],
        ['Content-Type', 'text/plain'],
      ],
      'body': 'abc',
      'insecure': false,
    },
  },
  {
    title: 'C27: What DevTools’ “Copy as fetch” gives, pasted instead',
    source: 'Chrome DevTools, Network, Copy as fetch (no report)',
    lines: [
      'fetch("https://a.example.test/x", {',
      '  "headers": { "accept": "text/event-stream" },',
      '  "method": "GET"',
      '});',
    ],
    notes: [],
    request: {
      'method': 'GET',
      'url': 'https://a.example.test/x',
      'headers': [['accept', 'text/event-stream']],
      'insecure': false,
    },
  },
];
