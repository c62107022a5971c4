import { Agent } from 'node:http'
import express from 'express'
import { createProxyMiddleware } from 'http-proxy-middleware'
import { peer } from './environment.ts'

// The proxy most used with Express, and nothing else: connections to the service are kept.

const app = express()
app.get('/health/ready', (_request, response) => void response.json({ ready: true }))
app.use(createProxyMiddleware({ target: peer.to, agent: new Agent({ keepAlive: true, maxSockets: 128 }) }))
app.listen(peer.port, '127.0.0.1')
