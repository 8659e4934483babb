import type { Detail } from '../shared/problem.ts'
import { Refusal } from './refusal.ts'

/** What wishes refuse. */
export const ofWishes = {
  unknownWish: () => new Refusal(404, 'unknown_wish', '没有这个心愿，可能已经撤回，请回到心愿墙看看。'),
  sameWish: () => new Refusal(409, 'same_wish', '这个心愿已经收到过，内容与这次不同；原来的没有改动，请打开它再修改。'),
  whoWishes: () =>
    new Refusal(401, 'who_wishes', '许愿要先用手机验证码登录，或者扫驿站墙上的二维码；也可以请社区工作人员代提。'),
  wrongStation: () =>
    new Refusal(422, 'wrong_station', '这处驿站的二维码已经停用或不对，请重新扫码，或请社区工作人员代提。'),
  wishTooLong: (most: number) => new Refusal(422, 'wish_too_long', `一个心愿最多 ${most} 个字，请缩短后再提交。`),
  wishEmpty: () => new Refusal(422, 'wish_empty', '还没有写心愿，请写一句再提交。'),
  wishMarkup: () =>
    new Refusal(422, 'wish_markup', '里面有网页代码一样的符号（如 <a>），或者看不见的字符，请用平常的话再写一遍。'),
  wrongContact: () => new Refusal(422, 'wrong_contact', '联系电话不对，请填 11 位手机号，或带区号的座机。'),
  wrongNeededBy: () => new Refusal(422, 'wrong_needed_by', '希望实现的日期要在今天以后、一年以内，请改正后再提交。'),
  whereIsIt: () =>
    new Refusal(422, 'where_is_it', '场所类的心愿要说明在哪里：在地图上点一下，或者写一句，例如“菜场到地铁口这一段”。'),
  wishAfterClaim: () =>
    new Refusal(409, 'wish_after_claim', '心愿已经有单位认领，不能再修改；有变化请直接告诉认领的单位或社区。'),
  wishState: (message: string) => new Refusal(409, 'wish_state', message),
  wishChanged: () => new Refusal(409, 'wish_changed', '这个心愿刚被别人处理过，您这次的没有保存；请刷新后再办。'),
  wishReason: () => new Refusal(422, 'wish_reason', '请写明理由，对方会看到。'),
  wishTaken: (who: string) => new Refusal(409, 'wish_taken', `这个心愿已经由${who}认领，请看看别的心愿。`),
  sameClaim: () => new Refusal(409, 'same_claim', '这个认领编号已经用过，原来的认领没有改动；请刷新后再认领。'),
  wishWithdrawn: () => new Refusal(409, 'wish_withdrawn', '这个心愿已经撤回，不能认领，请看看别的心愿。'),
  wishLapsed: () => new Refusal(409, 'wish_lapsed', '这个心愿已经过了希望实现的日期，不能认领，请看看别的心愿。'),
  wishNotOpen: () => new Refusal(409, 'wish_not_open', '这个心愿现在不能认领，请看看别的心愿。'),
  ownWish: () => new Refusal(409, 'own_wish', '自己许的心愿不能自己认领，请留给别的单位。'),
  claimLimit: (who: string, limit: number) =>
    new Refusal(
      409,
      'claim_limit',
      `${who}在办的心愿（等许愿人确认的也算）已到上限 ${limit} 个；请先办结几个，再来认领。`,
    ),
  noSponsor: () => new Refusal(409, 'no_sponsor', '您还没有加入共建单位，请找社区书记把您加进单位成员名单。'),
  unknownSponsor: () => new Refusal(404, 'unknown_sponsor', '没有这家共建单位，请刷新后再选。'),
  badMembers: (details: Detail[]) =>
    new Refusal(422, 'bad_members', '成员名单有几处要改，请按下面的说明修改。', { details }),
  sameSponsor: () => new Refusal(409, 'same_sponsor', '已经有一家同名的共建单位，请核对。'),
  extendedAlready: () =>
    new Refusal(409, 'extended_already', '已经延长过一次，不能再延；办不了请退回，让别的单位来办。'),
  evidenceNeeded: (message: string) => new Refusal(422, 'evidence_needed', message),
  wrongPhoto: (message = '不能收这个文件：请换成能正常打开的照片（JPG、PNG、WebP）再上传。') =>
    new Refusal(422, 'wrong_photo', message),
  photoTooLarge: (mb: number) => new Refusal(413, 'photo_too_large', `一张照片最大 ${mb} MB，请缩小后再上传。`),
  onePhoto: () => new Refusal(409, 'one_photo', '这个心愿已经有照片了，请先撤下原来的，或者不再添加。'),
  unknownPhoto: () => new Refusal(404, 'unknown_photo', '没有这张照片，或者还不能看。'),
  unknownStation: () => new Refusal(404, 'unknown_station', '没有这处驿站，请刷新后再看。'),
  confirmTooSoon: (days: number) =>
    new Refusal(
      409,
      'confirm_too_soon',
      `许愿人还可能自己确认；交凭证满 ${days} 天没有回音，或受许愿人托付，工作人员再代为确认。`,
    ),
  nothingFulfilled: () => new Refusal(409, 'nothing_fulfilled', '这家单位还没有办结的心愿，办结后才能出证书。'),
  tooManyRows: (most: number) =>
    new Refusal(409, 'too_many_rows', `超过 ${most} 行，表格放不下；请缩小日期范围，分几次导出。`),
} as const
