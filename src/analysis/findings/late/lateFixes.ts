import type { Translate } from '../../../text/translate';
import type { Fix } from '../finding';

const NO_TRANSFORM = 'Cache-Control: no-cache, no-transform';

export function compressionFixes(t: Translate): Fix[] {
  return [
    { text: t('Send this header with the stream: many compressors leave it alone then.'), code: NO_TRANSFORM },
    {
      for: 'Express',
      text: t('Flush the compressor after each event.'),
      code: 'res.write(event);\nres.flush();',
    },
    {
      for: 'Express',
      text: t('Or leave event streams out of the compression.'),
      code: [
        'const isStream = (res) => String(res.getHeader("Content-Type")).startsWith("text/event-stream");',
        'app.use(compression({ filter: (req, res) => !isStream(res) && compression.filter(req, res) }));',
      ].join('\n'),
    },
    {
      for: 'Next.js',
      text: t('Switch its compression off, or send “Content-Encoding: none” from the route.'),
      code: 'module.exports = { compress: false };',
    },
    { for: 'nginx', text: t('Switch its compression off for this path.'), code: location('gzip off;') },
    {
      for: 'webpack-dev-server',
      text: t('Switch its compression off.'),
      code: 'devServer: { compress: false }',
    },
    {
      for: 'Angular',
      text: t('“ng serve” compresses if “optimization” is on: switch it off for development.'),
      code: '"optimization": false',
    },
  ];
}

export function bufferFixes(t: Translate): Fix[] {
  return [
    {
      text: t('Send this header with the stream: nginx and others don’t buffer it then.'),
      code: 'X-Accel-Buffering: no',
    },
    {
      for: 'Express',
      text: t('Set that header before the first event.'),
      code: "res.setHeader('X-Accel-Buffering', 'no');",
    },
    {
      for: 'nginx',
      text: t('Or switch the buffer off for this path (“fastcgi_buffering”, “uwsgi_buffering” likewise).'),
      code: location('proxy_buffering off;'),
    },
    {
      for: 'nginx',
      text: t('Ask the application by HTTP/1.1: its answers by HTTP/1.0 are buffered.'),
      code: location('proxy_http_version 1.1;', 'proxy_set_header Connection "";'),
    },
    {
      for: 'Apache',
      text: t('Let it pass each packet on.'),
      code: 'ProxyPass "/events" "http://127.0.0.1:3000/events" flushpackets=on',
    },
    { for: 'Apache mod_fcgid', text: t('Let it have no output buffer.'), code: 'FcgidOutputBufferSize 0' },
  ];
}

export function holdFixes(t: Translate): Fix[] {
  return [
    { text: t('Flush after each event.') },
    {
      for: 'serverless',
      text: t(
        'Some hosts can’t stream: API Gateway without response streaming, App Engine standard, rewrites of Firebase Hosting. The stream needs another route there.',
      ),
    },
  ];
}

export function headFixes(t: Translate): Fix[] {
  const comment = t('Send the head at once, and a comment: it carries proxies over that wait for a first byte.');
  return [
    { for: 'Node.js', text: comment, code: "res.flushHeaders();\nres.write(': ok\\n\\n');" },
    {
      for: 'Express',
      text: comment,
      code: "res.set('Content-Type', 'text/event-stream');\nres.flushHeaders();\nres.write(': ok\\n\\n');",
    },
    { for: 'Go', text: comment, code: 'fmt.Fprint(w, ": ok\\n\\n")\nhttp.NewResponseController(w).Flush()' },
  ];
}

export function workerFixes(t: Translate): Fix[] {
  const threads = t('Let it answer several requests at a time.');
  return [
    { for: 'Gunicorn', text: threads, code: 'gunicorn -k gevent app:app' },
    { for: 'Gunicorn', text: t('Or let each worker have threads.'), code: 'gunicorn --threads 16 app:app' },
    { for: 'Flask', text: threads, code: 'app.run(threaded=True)' },
    {
      for: 'PHP',
      text: t('Release the session before the loop that sends: PHP locks it for a script.'),
      code: 'session_write_close();',
    },
    { for: 'PHP-FPM', text: t('Let it have more children: each open stream takes one.'), code: 'pm.max_children = 50' },
    { for: 'Puma', text: threads, code: 'threads 5, 16' },
  ];
}

export function terminatorFixes(t: Translate): Fix[] {
  return [
    {
      for: 'Node.js',
      text: t('Write the blank line together with the event.'),
      code: "res.write('data: ' + text + '\\n\\n');",
    },
    {
      for: 'IIS',
      text: t('Its compression runs one event behind: switch it off.'),
      code: '<urlCompression doDynamicCompression="false" />',
    },
    {
      for: 'ASP.NET Core',
      text: t('Switch the buffering of the response off.'),
      code: 'HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();',
    },
  ];
}

export function acceptFixes(t: Translate): Fix[] {
  return [
    {
      for: 'fetch',
      text: t('Send the header that EventSource sends: virus scanners look at it, too.'),
      code: "fetch(url, { headers: { Accept: 'text/event-stream' } });",
    },
  ];
}

export function cacheFixes(t: Translate): Fix[] {
  return [
    { text: t('Send this header with the stream, and let the CDN pass its path by.'), code: 'Cache-Control: no-store' },
    { for: 'nginx', text: t('Switch its cache off for this path.'), code: location('proxy_cache off;') },
  ];
}

/** Returns a section of nginx's configuration; the path is an example. */
function location(...lines: string[]): string {
  return ['location /events {', ...lines.map((line) => `    ${line}`), '}'].join('\n');
}
