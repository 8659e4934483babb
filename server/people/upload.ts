import type { FastifyRequest } from 'fastify'
import { refuse } from '../refusals.ts'

type Asked = Pick<FastifyRequest, 'isMultipart' | 'file'>

/** The field `file` of a multipart request. Nothing else of it is used, least of all the name that the file had. */
export async function received(request: Asked): Promise<Buffer> {
  return (await receivedFile(request)).content
}

/** The same with the name it had, for those who keep it. @throws {Refusal} wrongMediaType, badImportFile, tooLarge */
export async function receivedFile(request: Asked): Promise<{ name: string; content: Buffer }> {
  if (!request.isMultipart()) throw refuse.wrongMediaType()
  try {
    const upload = await request.file()
    if (upload?.fieldname === 'file')
      return { name: upload.filename ?? '', content: whole(await upload.toBuffer(), upload.file.truncated) }
  } catch (error) {
    // What the parser of multipart throws has no name: the upload broke off or is no multipart at all.
    throw (error as { code?: string }).code ? error : refuse.badImportFile('文件没有传完整，请重新上传。')
  }
  throw refuse.badImportFile('没有收到文件，请用 file 字段上传。')
}

/** The parser may cut a file that is too large exactly between two pieces, and then says so only here. @throws {Refusal} tooLarge */
function whole(file: Buffer, truncated: boolean): Buffer {
  if (truncated) throw refuse.tooLarge()
  return file
}
