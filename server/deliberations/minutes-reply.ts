import type { FastifyReply } from 'fastify'
import type { Document } from '../../shared/document.ts'
import { attachment } from '../platform/attachment.ts'
import type { MinutesFiles, MinutesFormat } from './minutes-files.ts'

const mediaTypes: Record<MinutesFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
}

/** A file as an answer, named after the minutes. */
export async function fileReply(
  reply: FastifyReply,
  files: MinutesFiles,
  minutes: { document: Document; sha256: string | null },
  format: MinutesFormat,
): Promise<Buffer> {
  const file = await files.of(minutes, format)
  const { title, date } = minutes.document
  const name = `${title}${date.replaceAll('-', '')}${minutes.sha256 ? '' : '（草稿）'}`.replace(/[\\/:*?"<>|]/g, '-')
  reply.type(mediaTypes[format]).header('content-disposition', attachment(`${name}.${format}`, `minutes.${format}`))
  return Buffer.from(file)
}
