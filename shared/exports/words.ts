import type { Format, MicrodataFormat } from './api.ts'
import type { LeftOut } from './columns.ts'
import type { Lost } from './microdata.ts'

export interface About {
  district: string
  survey: string
  title: string
  versions: number[]
  /** As clocks in China show it. */
  madeAt: string
  excluded: boolean
}

const lines = (list: (string | false)[]): string[] => list.filter((line) => line !== false)

/** How whoever has the file works the checksum out again. */
export const checkedBy: Record<Format, string> = {
  csv: '校验：去掉第一行（表头），对其余全部字节求 SHA-256；表头最后一格写着行数和校验值。',
  xlsx: '校验：“数据”表从第3行起逐行写成 CSV（数字照写，文字加英文双引号、其中的双引号写两遍，空着的不写，逗号相连，每行以 CR LF 结束，UTF-8），求 SHA-256。',
  sav: '校验：逐行写成 CSV（数字照写，文字去掉末尾空格后加英文双引号、其中的双引号写两遍，缺失不写，逗号相连，每行以 CR LF 结束，UTF-8），求 SHA-256。',
  geojson: '校验：对文件中 "features": 之后到最后一个 ] 为止的字节求 SHA-256。',
}

/** What a file of microdata says of itself, but for the number of rows and the checksum. */
export function microdataWords(about: About, lost: Lost, leftOut: LeftOut[], format: MicrodataFormat): string[] {
  const { rows, whole, classes } = lost
  const less = lines([
    lost.wider > 0 && `${lost.wider}份合并了相邻年龄段`,
    lost.ageless > 0 && `${lost.ageless}份不写年龄段`,
    lost.sexless > 0 && `${lost.sexless}份不写性别`,
    lost.inSubdistrict > 0 && `${lost.inSubdistrict}份只写到街道`,
    lost.inDistrict > 0 && `${lost.inDistrict}份不写社区和街道`,
  ])
  return lines([
    `${about.title}（${about.survey}）答卷微观数据，${about.district}`,
    `问卷版本：${about.versions.join('、')}。生成时间：${about.madeAt}。`,
    `归并：社区×年龄段×性别相同的答卷不少于5份，共${classes}组。${whole}份照原样；${less.length > 0 ? `${less.join('，')}。` : '没有需要归并的。'}`,
    about.excluded ? '包含复核时排除的答卷，见“复核”一列。' : '不含复核时排除的答卷。',
    `未列入的题目：${leftOut.length > 0 ? leftOut.map(({ title, why }) => `“${title}”（${why}）`).join('；') : '无'}。`,
    '不含答卷编号、回执码、具体时间、设备、小区和入户编号；填写的文字已隐去姓名、电话、门牌等。',
    `共${rows}行，各列的编号在问卷各版本之间不变：题目编码，多选和矩阵再加选项或行的编码。`,
    checkedBy[format],
  ])
}

/** Why an export came to nothing. */
export const problems: Record<string, string> = {
  few_answers: '答卷不足 5 份，不能导出微观数据。请等收到更多答卷后再导出。',
  too_many_rows: '答卷太多，一张 XLSX 表装不下。请改用 CSV 或 SPSS 格式。',
  too_large: '文件太大，XLSX 装不下。请改用 CSV 或 SPSS 格式。',
  no_answers: '这份问卷还没有答卷，收到答卷后再导出。',
  failed: '生成文件时出了问题，请重新导出；仍不成功的，请联系维护人员。',
}
