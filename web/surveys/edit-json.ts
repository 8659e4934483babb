import { isRecord, type Json } from '../../shared/surveys/definition.ts'
import { saveFile } from '../kit/save-file.ts'

/** The questionnaire as a file for those who know SurveyJS. */
export function saveDefinition(title: string, definition: Json): void {
  const name = `${title.replace(/[\\/:*?"<>|]/g, ' ').trim() || '问卷'}.json`
  saveFile(name, new Blob([JSON.stringify(definition, null, 2)], { type: 'application/json' }))
}

const MOST_BYTES = 900 * 1024

/** What is in such a file. @throws {Error} saying in Chinese what is wrong with it */
export async function definitionIn(file: File): Promise<Json> {
  if (file.size > MOST_BYTES) throw new Error('文件太大，问卷定义不能超过 900 KB，请检查是不是选错了文件。')
  const read = await file
    .text()
    .then(JSON.parse)
    .catch(() => undefined)
  if (!isRecord(read)) throw new Error('这个文件不是 SurveyJS 的问卷定义（JSON 对象），请检查后重新上传。')
  return read
}
