import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Multipart, MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { MOST_PHOTO_MB } from '../../shared/wishes/kinds.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'

const FIELD_BYTES = 8 * 1024

/** What a form may hold. */
export interface Expected<F extends string> {
  /** How many photos, in the field `file`. */
  most: number
  fields: readonly F[]
}

export interface PhotoForm<F extends string> {
  /** Where each photo lies as it came: under names of ours, whatever theirs were. */
  paths: string[]
  fields: Partial<Record<F, string>>
}

type Asked = Pick<FastifyRequest, 'isMultipart' | 'parts' | 'raw'>

/**
 * Reads a form with photos into a folder, one picture at a time, so that no more than a piece of it is in memory.
 * @throws {Refusal} wrongMediaType, wrongPhoto, photoTooLarge
 */
export async function readPhotoForm<F extends string>(
  request: Asked,
  folder: string,
  expected: Expected<F>,
): Promise<PhotoForm<F>> {
  if (!request.isMultipart()) throw refuse.wrongMediaType()
  try {
    return await gathered(parts(request, expected), folder, expected)
  } catch (error) {
    // Whoever is still sending hears the answer only when all of it has been taken.
    request.raw.unpipe()
    request.raw.resume()
    throw error instanceof Refusal || isOurs(error) ? error : refuse.wrongPhoto(BROKEN)
  }
}

function parts(request: Asked, { most, fields }: Expected<string>): AsyncIterable<Multipart> {
  const limits = {
    files: most + 1,
    fields: fields.length + 1,
    fieldSize: FIELD_BYTES,
    fileSize: MOST_PHOTO_MB * 1024 * 1024,
  }
  return request.parts({ limits, throwFileSizeLimit: false } as Parameters<Asked['parts']>[0])
}

async function gathered<F extends string>(
  form: AsyncIterable<Multipart>,
  folder: string,
  { most, fields }: Expected<F>,
): Promise<PhotoForm<F>> {
  const found: PhotoForm<F> = { paths: [], fields: {} }
  for await (const part of form) {
    if (part.type === 'file') {
      if (part.fieldname !== 'file') throw refuse.wrongPhoto(STRANGE)
      if (found.paths.length === most) throw refuse.wrongPhoto(`照片最多 ${most} 张，请去掉几张再提交。`)
      found.paths.push(await kept(part, join(folder, String(found.paths.length))))
      continue
    }
    const field = fields.find((name) => name === part.fieldname)
    const { value, valueTruncated } = part
    if (!field || field in found.fields || valueTruncated || typeof value !== 'string') throw refuse.wrongPhoto(STRANGE)
    found.fields[field] = value
  }
  if (found.paths.length === 0) throw refuse.wrongPhoto('还没有选照片，请至少选一张再提交。')
  return found
}

async function kept({ file }: MultipartFile, path: string): Promise<string> {
  await pipeline(file, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  if (file.truncated) throw refuse.photoTooLarge(MOST_PHOTO_MB)
  return path
}

/** A disk that is full is no fault of whoever sends. */
const isOurs = (error: unknown): boolean => (error as NodeJS.ErrnoException).syscall !== undefined

const STRANGE = '表单里有不认识、重复或太长的内容，请刷新页面后再提交一次。'
const BROKEN = '照片没有传完整，请检查网络后重新提交。'
