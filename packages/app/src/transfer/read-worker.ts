// The thread in which large files are read, so that nobody else waits for them. Knows nothing of tenants or logs.
import { readFile, type FileInput } from '@konfig/files'
import { parentPort, workerData } from 'node:worker_threads'

parentPort?.postMessage(readFile(workerData as FileInput))
