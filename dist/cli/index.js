#!/usr/bin/env node
import { startProgram } from '../actions/index.js'
await startProgram()
