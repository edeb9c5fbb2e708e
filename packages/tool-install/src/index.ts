export { installUv } from './install.ts'
export { detectPlatform, type Platform } from './platform.ts'
export { DEFAULT_UV_VERSION, type InstalledUv, type UvRequest, type UvSource } from './request.ts'
