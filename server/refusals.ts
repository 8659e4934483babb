import type { Detail } from '../shared/problem.ts'
import { Refusal, waitOf } from './refusal.ts'
import { ofDeliberations } from './refusals-deliberations.ts'
import { ofWishes } from './refusals-wishes.ts'

const finish = {
  'set-password': '请先设置新密码，再开始工作。',
  'set-second-factor': '管理员要先设置动态口令，再开始工作。',
  'second-factor': '请先输入动态口令，完成登录。',
}

/** Every refusal by name, in the order of the pipeline. Messages say what to do. */
export const refuse = {
  badRequest: (details: Detail[]) =>
    new Refusal(400, 'bad_request', '请求的格式不对，请按下面的说明修改后再提交。', { details }),
  malformed: () => new Refusal(400, 'malformed', '提交的内容不是有效的 JSON，请检查后重新提交。'),
  tooLarge: () => new Refusal(413, 'too_large', '提交的内容太大，请缩短文字或拆分后再提交。'),
  wrongMediaType: () => new Refusal(415, 'wrong_media_type', '不支持这种内容类型，请按接口说明提交。'),
  notFound: () => new Refusal(404, 'not_found', '没有找到您要的内容，请检查地址是否正确。'),
  tooMany: (retryAfter: number) =>
    new Refusal(429, 'too_many_requests', '操作太频繁，请稍等片刻再试。', { retryAfter }),
  busy: (retryAfter = 2) =>
    new Refusal(503, 'busy', '现在提交的人较多，请稍等几秒再试，您填写的内容不会丢失。', { retryAfter }),
  databaseAway: (retryAfter = 2) =>
    new Refusal(503, 'database_away', '系统正在恢复，请稍等几秒再试，您填写的内容不会丢失。', { retryAfter }),
  stopping: () => new Refusal(503, 'stopping', '系统正在重启，请稍等几秒再试。', { retryAfter: 3 }),

  signInNeeded: () =>
    new Refusal(401, 'sign_in_needed', '请先登录。没有账号的，请找本区管理员开通；用程序调用的，请带上工作密钥。'),
  keyNeeded: () => new Refusal(401, 'key_needed', '工作密钥不对，请核对后在请求头 Authorization 中带上 Bearer 密钥。'),
  notPermitted: () =>
    new Refusal(403, 'not_permitted', '您的角色不能办理这一项；确有需要的，请找给您开通账号的人或本区管理员。'),

  crossSite: () =>
    new Refusal(403, 'cross_site', '这次操作不是从本系统的页面发出的，已经拦下；请回到本系统的页面重新操作。'),
  wrongSignIn: () =>
    new Refusal(
      401,
      'wrong_sign_in',
      '用户名或密码不对，请核对后再试；首次登录请输入纸条上的一次性代码，纸条只能用一次。',
    ),
  wrongPassword: () => new Refusal(401, 'wrong_password', '密码不对，请核对后再试。'),
  wrongCode: () => new Refusal(401, 'wrong_code', '验证码不对或已过期，请核对后再试，或重新获取。'),
  signInAgain: () => new Refusal(401, 'sign_in_again', '登录已中断，请回到登录页重新登录。'),
  passwordInstead: () =>
    new Refusal(401, 'password_instead', '这个手机号的账号要用用户名和密码登录，请在登录页选择用户名登录。'),
  tooManyTries: (retryAfter: number) =>
    new Refusal(
      429,
      'too_many_tries',
      `尝试次数太多，已暂停，请 ${waitOf(retryAfter)}后再试；忘记密码的，请找给您开通账号的人重新打印纸条。`,
      {
        retryAfter,
      },
    ),
  firstFinish: (must: 'set-password' | 'set-second-factor' | 'second-factor') =>
    new Refusal(403, 'first_finish', finish[must]),
  weakPassword: (message: string) => new Refusal(422, 'weak_password', message),
  secondFactorSet: () =>
    new Refusal(409, 'second_factor_set', '动态口令已经设置过了；换手机的，请找管理员重新打印纸条后再设置。'),
  administratorExists: () => new Refusal(409, 'administrator_exists', '管理员已经设立，请直接登录。'),
  setUpHere: () => new Refusal(403, 'set_up_here', '第一位管理员只能在服务器本机设立，请在服务器上打开本页。'),
  unknownPerson: () => new Refusal(404, 'unknown_person', '没有这个人，请刷新人员列表后再试。'),
  unknownSession: () => new Refusal(404, 'unknown_session', '这处登录已经结束了，请刷新列表。'),
  usernameTaken: () => new Refusal(409, 'username_taken', '这个用户名已经有人用了，请换一个，例如加上社区简称或数字。'),
  phoneTaken: () => new Refusal(409, 'phone_taken', '这个手机号已经登记在另一位工作人员名下，请核对。'),
  notOneself: () => new Refusal(403, 'not_oneself', '不能修改自己的权限或状态，请找另一位管理员办理。'),
  notYourPerson: () => new Refusal(403, 'not_your_person', '这个人还有不归您管理的角色，请找本区管理员办理。'),
  badGrants: (details: Detail[]) =>
    new Refusal(422, 'bad_grants', '角色或范围有问题，请按下面的说明修改。', { details }),
  lastAdministrator: () => new Refusal(409, 'last_administrator', '这是本区最后一位管理员，请先另设一位管理员再操作。'),

  unknownNotice: () => new Refusal(404, 'unknown_notice', '没有这条消息，请刷新后再看。'),
  unknownMessage: () => new Refusal(404, 'unknown_message', '没有这条待重发的短信，可能已经发出，请刷新列表。'),

  unknownFile: () => new Refusal(404, 'unknown_file', '没有这个文件，可能已经删除，请刷新后再看。'),
  wrongFile: () =>
    new Refusal(422, 'wrong_file', '不能收这个文件：请换成照片（JPG、PNG）或写明的其他格式，确认能正常打开后再上传。'),

  unknownDistrict: () => new Refusal(404, 'unknown_district', '没有这个区县，请检查地址中的区县代码。'),
  districtExists: () =>
    new Refusal(409, 'district_exists', '这个区县的编号或代码已经有了，请核对；要修改已有区县，请直接导入数据。'),
  unknownCommunity: () =>
    new Refusal(404, 'unknown_community', '没有这个社区，请检查社区代码，或重新扫描社区张贴的二维码。'),
  unknownSite: () => new Refusal(404, 'unknown_site', '没有这个点位，请检查点位代码。'),
  catalogueChanged: () => new Refusal(409, 'catalogue_changed', '规划指标刚被别人改过，请刷新后在新版本上重新修改。'),
  badCatalogue: (details: Detail[]) =>
    new Refusal(422, 'bad_catalogue', '指标内容有误，请按下面的说明修改。', { details }),
  badImportFile: (message: string) => new Refusal(422, 'bad_import_file', message),

  unknownSurvey: () => new Refusal(404, 'unknown_survey', '没有这份问卷，请检查地址，或重新扫描二维码。'),
  dictionaryChanged: () => new Refusal(409, 'dictionary_changed', '词典刚被别人改过，请刷新后在新的词典上重新修改。'),
  badDictionary: (details: Detail[]) =>
    new Refusal(422, 'bad_dictionary', '词典有几处需要改，请按下面的说明修改后再保存。', { details }),
  whichAnswers: () =>
    new Refusal(422, 'which_answers', '请说明要处理哪些意见：勾选几条，或者按条件处理全部，二者选一。'),
  unknownCode: () => new Refusal(422, 'unknown_code', '词典里没有这个主题，可能刚被改过，请刷新后重新选择。'),
  unknownOpenAnswer: () => new Refusal(404, 'unknown_open_answer', '没有找到这条意见，可能居民已经撤回，请刷新列表。'),
  notConfirmed: () => new Refusal(409, 'not_confirmed', '这条意见还没有归入这个主题，请先确认，再选作原话。'),
  quotationAdds: () =>
    new Refusal(
      422,
      'quotation_adds',
      '原话只能删减，不能添字或改字；中间删去的地方请写“……”，隐去的部分请整个保留或整个删去。',
    ),
  enoughQuotations: (most: number) =>
    new Refusal(409, 'enough_quotations', `这个主题在本社区已有 ${most} 句原话，请先去掉一句再选。`),
  unknownQuotation: () => new Refusal(404, 'unknown_quotation', '没有这句原话，可能已经去掉，请刷新后再看。'),
  unknownLink: () => new Refusal(404, 'unknown_link', '没有找到这个短码，请对照海报核对，或重新扫描二维码。'),
  surveyNotPublishable: (details: Detail[]) =>
    new Refusal(422, 'survey_not_publishable', '这份问卷还不能发布，请按下面的说明修改题目。', { details }),
  mappingRefused: (details: Detail[]) =>
    new Refusal(422, 'mapping_refused', '新旧题目的对应关系有问题，没有发布；请按下面逐题的说明补上或改正。', {
      details,
    }),
  versionMoved: () =>
    new Refusal(409, 'version_moved', '这期间有人发布了新版本，没有开始新一轮；请刷新页面，看过新版本再决定。'),
  versionsInOrder: () => new Refusal(422, 'versions_in_order', '请把较早的版本放在前面，再比较一次。'),
  retentionLonger: (days: number) =>
    new Refusal(
      422,
      'retention_longer',
      `告知书里说好保存 ${days} 天，只能缩短，不能延长；要保存更久的，请发布新版本，另行告知居民。`,
    ),
  answersErased: () =>
    new Refusal(409, 'answers_erased', '这一版的答卷已按保存期限删除，不能重新开放；要继续调查，请发布新版本。'),
  unknownDraft: () => new Refusal(404, 'unknown_draft', '没有这份问卷的草稿，可能已经发布或丢弃，请回到问卷列表查看。'),
  draftExists: (who: string) =>
    new Refusal(409, 'draft_exists', `${who}已经有一份草稿，请打开那份草稿接着改；要从头来，请先丢弃它。`),
  surveyExists: () =>
    new Refusal(409, 'survey_exists', '这个代码的问卷已经发布过，请换一个代码；要修改它，请在问卷列表里点“编辑”。'),
  draftChanged: (who: string) =>
    new Refusal(
      409,
      'draft_changed',
      `${who}已经保存了别的修改，您这次的没有保存。请先看看对方改了什么，再决定用哪一份；您的修改可以另存为文件。`,
    ),
  draftOutdated: (who: string, now: number, base: number | null) =>
    new Refusal(
      409,
      'draft_outdated',
      `${who}发布了第 ${now} 版，这份草稿${base === null ? '里没有它' : `是照第 ${base} 版改的`}，照现在这样发布会丢掉对方的修改。请先在“轮次与版本”里看看第 ${now} 版，再决定接着发布这份草稿，还是丢弃它、从第 ${now} 版改起。`,
    ),
  badDraft: (details: Detail[]) =>
    new Refusal(422, 'bad_draft', '这不是能编辑的问卷，请按下面的说明检查文件。', { details }),
  badDates: (message: string) => new Refusal(422, 'bad_dates', message),
  surveyPaused: () =>
    new Refusal(403, 'survey_paused', '这次调查暂停一下，请过些时候再来；您填的内容都会留着，恢复后可以接着交。'),
  surveyNotYetOpen: (when: string) => new Refusal(403, 'survey_not_yet_open', `这次调查${when}开始，请到时再来填。`),
  surveyClosed: () => new Refusal(403, 'survey_closed', '这次调查已经结束，谢谢您的关心。结果会在社区公布。'),
  oldVersion: (current: number) =>
    new Refusal(409, 'old_version', `问卷已更新到第 ${current} 版，请刷新页面，已填的内容会带过去，核对后再提交。`),
  noticeChanged: () =>
    new Refusal(409, 'notice_changed', '告知书更新过了，请重新看一遍，同意后再交卷；已填的内容都会保留。'),
  unknownVersion: () => new Refusal(404, 'unknown_version', '没有这个问卷版本，请刷新页面后再填。'),
  channelNeedsKey: () =>
    new Refusal(403, 'channel_needs_key', '入户、纸质和会场答卷由负责这个社区的工作人员录入，请登录后提交。'),
  invalidAnswers: (details: Detail[]) =>
    new Refusal(422, 'invalid_answers', '有几道题需要改一下，请按提示修改后再提交。', { details }),
  badTimes: () => new Refusal(422, 'bad_times', '填写时间不对，请检查手机的日期和时间后再提交。'),
  sameIdOtherContent: () =>
    new Refusal(
      409,
      'same_id_other_content',
      '这份答卷已经提交过，内容与这次不同；原来的答卷没有改动，社区工作人员会核对。',
    ),
  responseWithdrawn: () =>
    new Refusal(410, 'response_withdrawn', '这份答卷已经撤回，不能再次提交；如需重新填写，请重新打开问卷。'),
  reasonNeeded: () => new Refusal(422, 'reason_needed', '排除答卷要写明理由，请选一条或写一句再提交。'),
  unknownResponse: () => new Refusal(404, 'unknown_response', '没有找到这份答卷，可能已经过了保存期限，请刷新列表。'),
  reviewWithdrawn: () =>
    new Refusal(410, 'review_withdrawn', '居民已经撤回这份答卷，它不再计入任何数字，不用复核，请看下一份。'),
  reviewedAlready: () =>
    new Refusal(409, 'reviewed_already', '这份答卷已经是这个结论了，可能别人刚刚复核过，请刷新列表。'),
  unknownReceipt: () =>
    new Refusal(
      404,
      'unknown_receipt',
      '没有找到这个回执码，请对照提交成功页面上的回执码再输一次；过了保存期限的答卷已经删除。',
    ),

  badQuotas: (details: Detail[]) =>
    new Refusal(422, 'bad_quotas', '样本目标里有问卷没有的年龄段，请刷新页面后再设。', { details }),
  quotaBelowReached: (message: string, details: Detail[]) =>
    new Refusal(409, 'quota_below_reached', message, { details }),
  totalTooSmall: (least: number) =>
    new Refusal(
      409,
      'total_too_small',
      `总数不够分：各社区最低份数加上已收到的，至少要 ${least} 份。请把总数改为 ${least} 份或更多，或者降低最低份数。`,
    ),
  unknownContact: () => new Refusal(404, 'unknown_contact', '没有这条入户记录，可能已经撤销，请刷新后再看。'),
  notYourContact: () =>
    new Refusal(403, 'not_your_contact', '这条是别人登记的，请登记的人自己撤销，或者请社区书记撤销。'),
  otherContact: () =>
    new Refusal(409, 'other_contact', '这条入户记录已经记下过，内容与这次不同；原来的没有改动，请刷新后重新登记。'),
  badContactDay: (days: number) =>
    new Refusal(422, 'bad_contact_day', `入户日期只能填最近 ${days} 天里的一天，不能是以后的日子，请改正后再登记。`),
  unknownCompound: () => new Refusal(404, 'unknown_compound', '这个社区没有这个小区，请刷新后重新选择。'),
  unknownSlips: () => new Refusal(404, 'unknown_slips', '没有这批入户单，请刷新后再看。'),
  otherSlips: () => new Refusal(409, 'other_slips', '这批入户单已经开过，张数或小区与这次不同；请刷新后重新开一批。'),
  tooManySlips: (most: number) =>
    new Refusal(
      409,
      'too_many_slips',
      `一个社区在一次调查里最多开 ${most} 张入户单，已经快满了；请先用完开过的，或少开几张。`,
    ),
  noSurveyYet: () => new Refusal(404, 'no_survey_yet', '本区还没有发布过问卷，发布后才有需求数据。'),

  noSitesYet: () => new Refusal(404, 'no_sites_yet', '本区还没有登记点位，请先导入点位，再编制一社一案。'),
  unknownExport: () => new Refusal(404, 'unknown_export', '没有这次导出，可能已过期删除，请刷新列表，或重新导出。'),
  exportNotReady: () => new Refusal(409, 'export_not_ready', '文件还在生成，请等进度走完再下载。'),
  exportGone: () => new Refusal(410, 'export_gone', '这次导出已停止、删除或没有成功，没有文件；需要的话请重新导出。'),
  exportsWaiting: () =>
    new Refusal(409, 'exports_waiting', '您还有 3 个导出没有完成，请等它们完成，或先停止其中一个。'),

  ...ofDeliberations,
  ...ofWishes,

  unknownBrief: () => new Refusal(404, 'unknown_brief', '还没有这一稿，请先编制，或检查稿次。'),
} as const
