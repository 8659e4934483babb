import type { Detail } from '../shared/problem.ts'
import { Refusal, waitOf } from './refusal.ts'

/** What deliberations refuse. */
export const ofDeliberations = {
  unknownDeliberation: () =>
    new Refusal(404, 'unknown_deliberation', '没有这次议事会，或者不在您负责的范围内，请回到列表查看。'),
  unknownRoom: () => new Refusal(404, 'unknown_room', '没有这个房间号，请对照海报再输一次，是六位数字。'),
  tooManyRooms: (retryAfter: number) =>
    new Refusal(
      429,
      'too_many_rooms',
      `房间号输错的次数太多，请${waitOf(retryAfter)}后再试，或者直接扫海报上的二维码。`,
      { retryAfter },
    ),
  tooManyScreens: () =>
    new Refusal(429, 'too_many_screens', '从这个网络打开的会场页面太多，请关掉不用的再试；页面会每 3 秒自己更新。', {
      retryAfter: 60,
    }),
  roomNotYetOpen: () => new Refusal(409, 'room_not_yet_open', '议事会还没有开始，请等工作人员宣布开始后再试。'),
  roomClosed: () => new Refusal(409, 'room_closed', '这次议事会已经结束，谢谢您参加。结果公布后可以在这里查看。'),
  roomFull: (most: number) =>
    new Refusal(409, 'room_full', `已经有 ${most} 人签到，不能再加人了；请告诉现场的工作人员。`),
  notPresent: () => new Refusal(409, 'not_present', '您还没有签到，或者已经签退，请先签到再来。'),
  sameParticipant: () => new Refusal(409, 'same_participant', '这个签到编号已经有人用了，请刷新页面重新签到。'),
  seatTaken: (seat: number) =>
    new Refusal(409, 'seat_taken', `${seat} 号座位已经有人签到，请核对座位卡上的号码，换一个再试。`),
  wrongSeatCard: () =>
    new Refusal(422, 'wrong_seat_card', '这张座位卡不是这次会议的，请换一张，或请门口的工作人员帮您签到。'),
  cardDuringVote: () =>
    new Refusal(
      409,
      'card_during_vote',
      '您已经用这部手机投过正在进行的表决，不能再换成座位卡投一次；请等这项表决结束后再扫座位卡。',
    ),
  seatNotPresent: (seat: number) =>
    new Refusal(409, 'seat_not_present', `${seat} 号座位还没有人签到，请先在签到处登记，再录入。`),
  unknownParticipant: () => new Refusal(404, 'unknown_participant', '签到名单里没有这个人，请刷新后再看。'),
  planChanged: () =>
    new Refusal(409, 'plan_changed', '筹备内容刚被别人改过，您这次的没有保存；请刷新后在新的内容上再改。'),
  planFixed: (what: string) =>
    new Refusal(409, 'plan_fixed', `议事会已经开始，${what}不能再改；其他内容可以改好后保存。`),
  sameDeliberation: () => new Refusal(409, 'same_deliberation', '这次议事会已经建好，内容与这次不同；请打开它再修改。'),
  badPlan: (details: Detail[]) =>
    new Refusal(422, 'bad_plan', '筹备内容有几处要改，请按下面的说明修改后再保存。', { details }),
  badRoster: (details: Detail[]) =>
    new Refusal(422, 'bad_roster', '名单有几行要改，还没有保存；请按下面逐行的说明改好后再交。', { details }),
  wrongStatus: (message: string) => new Refusal(409, 'wrong_status', message),
  questionsOpen: () => new Refusal(409, 'questions_open', '还有表决没有结束，请先结束或作废它，再结束议事会。'),
  unknownItem: () => new Refusal(404, 'unknown_item', '议程或清单里没有这一项，请刷新后再选。'),
  unknownSpeaker: () => new Refusal(404, 'unknown_speaker', '发言顺序里没有这个人，可能刚刚划去，请刷新后再看。'),
  speakerDone: () => new Refusal(409, 'speaker_done', '这个人已经发言完或已划去，请让他重新举手。'),
  statementTooLong: (most: number) =>
    new Refusal(422, 'statement_too_long', `一条意见最多 ${most} 个字，请缩短，或者分成几条来写。`),
  statementEmpty: () => new Refusal(422, 'statement_empty', '还没有写内容，请写一句再提交。'),
  statementMarkup: () =>
    new Refusal(
      422,
      'statement_markup',
      '意见里有网页代码一样的符号（如 <a>），或者看不见的字符，请用平常的话再写一遍。',
    ),
  tooManyStatements: (most: number) =>
    new Refusal(
      409,
      'too_many_statements',
      `已经收到 ${most} 条意见，手机上不能再提；还有要说的，请告诉工作人员代记。`,
    ),
  sameStatement: () =>
    new Refusal(409, 'same_statement', '这条意见已经收到过，内容与这次不同；原来的没有改动，请另写一条。'),
  unknownStatement: () => new Refusal(404, 'unknown_statement', '没有这条意见，请刷新后再看。'),
  statementNeedsReason: () =>
    new Refusal(422, 'statement_needs_reason', '不采用要写明理由，提意见的人会看到，请写一句再提交。'),
  statementSettled: (message: string) => new Refusal(409, 'statement_settled', message),
  cannotMerge: (message: string) => new Refusal(409, 'cannot_merge', message),
  unknownService: () => new Refusal(422, 'unknown_service', '没有这项服务，请刷新后重新选择。'),
  answerNeedsReason: () => new Refusal(422, 'answer_needs_reason', '答复要写明理由或结果，请写一句再保存。'),
  unknownQuestion: () => new Refusal(404, 'unknown_question', '没有这项表决，请刷新后再看。'),
  sameQuestion: () => new Refusal(409, 'same_question', '这项表决已经拟好，内容与这次不同；请刷新后再改。'),
  badQuestion: (details: Detail[]) =>
    new Refusal(422, 'bad_question', '这项表决还不能用，请按下面的说明修改。', { details }),
  questionNotOpen: () => new Refusal(409, 'question_not_open', '这项表决还没有开始，请等主持人宣布开始。'),
  questionClosed: () => new Refusal(409, 'question_closed', '这项表决已经结束，您这次的没有计入；结束前投的都算数。'),
  questionVoid: () => new Refusal(409, 'question_void', '这项表决已经作废，请等主持人重新表决。'),
  questionState: (message: string) => new Refusal(409, 'question_state', message),
  alreadyVoted: () => new Refusal(409, 'already_voted', '您已经投过票了；无记名投票投出即定，不能再投或更改。'),
  badVote: (details: Detail[]) => new Refusal(422, 'bad_vote', '这张票填得不对，请按下面的说明改好再投。', { details }),
  papersDoNotAddUp: (handed: number, counted: number) =>
    new Refusal(
      422,
      'papers_do_not_add_up',
      `发出 ${handed} 张纸质票，录入 ${counted} 张，两个数要一致；没有写或收不回的算弃权，请核对后再结束。`,
    ),
  noHandsInSecret: () => new Refusal(409, 'no_hands_in_secret', '无记名投票不能举手计数，请发纸质票，或改为公开表决。'),
  minutesNotYet: () => new Refusal(409, 'minutes_not_yet', '议事会结束后才能审定纪要，请先结束议事会。'),
  minutesChanged: () =>
    new Refusal(409, 'minutes_changed', '纪要刚被别人改过，您这次的没有保存；请先复制自己的文字，刷新后再改。'),
  minutesFrozen: () => new Refusal(409, 'minutes_frozen', '纪要已经审定，不能再改。'),
  minutesNotApproved: () => new Refusal(409, 'minutes_not_approved', '纪要还没有审定，请先审定，再公布。'),
  noMinutes: () => new Refusal(404, 'no_minutes', '纪要还没有公布，请过几天再来看。'),
  unknownFollowUp: () => new Refusal(404, 'unknown_follow_up', '没有这件跟进事项，请刷新后再看。'),
  sameFollowUp: () => new Refusal(409, 'same_follow_up', '这件事已经记下，内容与这次不同；请刷新后打开它再修改。'),
  followUpChanged: () => new Refusal(409, 'follow_up_changed', '这件事刚被别人改过，您这次的没有保存；请刷新后再改。'),
  followUpNeedsOutcome: () =>
    new Refusal(422, 'follow_up_needs_outcome', '办结要写依据，办不了要写理由，请写一句再保存。'),
  notAConsultation: () =>
    new Refusal(409, 'not_a_consultation', '只有线上征求意见才分采纳与否、才有答复表；现场议事请只写结果。'),
} as const
