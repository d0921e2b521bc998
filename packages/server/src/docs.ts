// The page that shows the API, at /docs, and the page that explains each code, at /docs/problems. Works without any network but ours.
import reference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { catalogue } from './catalogue.ts'

/** The reference draws itself with styles of its own; nothing may come from, or go to, anywhere else. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const problems = (): string => {
  const rows = catalogue().map(
    ({ code, status, title, sentence, advice }) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(title)}</td><td>${escape(sentence)}</td><td>${escape(advice)}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Konfig: problems</title>
<style>body{font-family:system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem}td,th{text-align:left;padding:.3rem .8rem;border-bottom:1px solid #ccc;vertical-align:top}tr:target{background:#fff3bf}</style></head>
<body><main><h1>Problems</h1><p>Every refusal carries one of these codes. What stands in braces is filled in, and repeated in <code>data</code>.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Title</th><th>Sentence</th><th>What to do</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></main></body></html>`
}

/** Browsers ask for one beside every page, by this name unless the page says otherwise. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#14532d"/><path d="M5 3v10M11 3 5.5 8l5.5 5" fill="none" stroke="#fff" stroke-width="2"/></svg>'

export const serveDocs = async (server: FastifyInstance): Promise<void> => {
  server.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/docs')) reply.header('content-security-policy', policy)
  })
  server.get('/docs/problems', async (_request, reply) => reply.type('text/html; charset=utf-8').send(problems()))
  server.get('/favicon.ico', async (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  )
  await server.register(reference, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      title: 'Konfig API',
      withDefaultFonts: false,
      hideClientButton: true,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
    } as never,
  })
}
