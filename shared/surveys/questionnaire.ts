import type { Json, SurveyDefinition } from './definition.ts'

export interface AskedService {
  code: string
  zh: string
}

/** What a service means in a resident's words; the district's own services are asked by their name alone. */
const examples: Record<string, string> = {
  elder_care: '白天照料、助浴、老人活动',
  infant_care: '三岁以下孩子日托、临时托',
  after_school: '放学后、寒暑假看护孩子',
  community_meals: '社区食堂、送餐上门',
  household_services: '维修、理发、缝补、洗衣',
  health: '看小病、量血压、开常用药',
  fitness: '健身房、球场、健步道',
  culture: '阅览、书画、唱歌跳舞',
  child_play: '孩子玩耍的场地和设施',
}

/** The shipped questionnaire 社区嵌入式服务需求调查: four minutes, in words that a person of 70 uses. Services without follow-up questions of their own are asked like the others. */
export function questionnaire(services: AskedService[]): SurveyDefinition {
  return {
    title: '社区嵌入式服务需求调查',
    description: '您的回答将用来决定社区先建什么、怎么建。',
    locale: 'zh-cn',
    clearInvisibleValues: 'onHidden',
    showQuestionNumbers: true,
    checkErrorsMode: 'onNextPage',
    showProgressBar: true,
    progressBarType: 'questions',
    pagePrevText: '上一页',
    pageNextText: '下一页',
    completeText: '提交',
    weighting: {
      scope: 'community',
      cap: 5,
      margins: [['age', 'sex'], ['parent_0_3'], ['parent_4_6'], ['parent_7_12']],
    },
    pages: [aboutYou(), aboutNeeds(services), aboutUse(services), lastWords()],
  }
}

function choice(value: string | number, text: string): Json {
  return { value, text }
}

function aboutYou(): Json {
  return {
    name: 'about_you',
    title: '先了解一下您',
    elements: [
      {
        type: 'html',
        name: 'notice',
        html: '<p>大约需要四分钟。不用写姓名、电话和身份证号。交卷后会得到一个回执码，凭它随时可以撤回这份答卷。</p>',
      },
      {
        type: 'radiogroup',
        name: 'answering',
        title: '这份问卷由谁来填？',
        description: '如果替家人填写，下面的问题请按家人的情况回答。',
        isRequired: true,
        choices: [choice('self', '我自己填'), choice('family', '替家人填')],
      },
      {
        type: 'radiogroup',
        name: 'residence',
        title: '您现在住在本社区吗？',
        description: '租房住、和子女同住，都算住在本社区。',
        isRequired: true,
        choices: [choice('here', '住在本社区'), choice('elsewhere', '住在别处')],
        demand: { role: 'stratum', outside: ['elsewhere'] },
      },
      age(),
      sex(),
      children(),
      {
        type: 'checkbox',
        name: 'elders',
        title: '家里有 60 岁及以上的老人吗？',
        description: '包括您自己。可以多选。',
        choices: [choice('elder_60_79', '60～79 岁'), choice('elder_80', '80 岁及以上')],
        showNoneItem: true,
        noneText: '没有',
      },
    ],
  }
}

function age(): Json {
  return {
    type: 'radiogroup',
    name: 'age',
    title: '您的年龄是？',
    description: '未满 14 岁的孩子不用填，由家长说明孩子的需要。',
    isRequired: true,
    choices: [
      choice('14-17', '14～17 岁'),
      choice('18-34', '18～34 岁'),
      choice('35-59', '35～59 岁'),
      choice('60-79', '60～79 岁'),
      choice('80+', '80 岁及以上'),
      choice('unstated', '不愿说'),
    ],
    demand: { role: 'stratum', outside: ['14-17', 'unstated'] },
  }
}

function sex(): Json {
  return {
    type: 'radiogroup',
    name: 'sex',
    title: '您的性别是？',
    isRequired: true,
    choices: [choice('male', '男'), choice('female', '女'), choice('unstated', '不愿说')],
    demand: { role: 'stratum', outside: ['unstated'] },
  }
}

function children(): Json {
  return {
    type: 'checkbox',
    name: 'children',
    title: '家里有 12 岁及以下的孩子吗？',
    description: '和您住在一起的孩子，包括孙辈。可以多选。',
    isRequired: true,
    choices: [choice('parent_0_3', '0～3 岁'), choice('parent_4_6', '4～6 岁'), choice('parent_7_12', '7～12 岁')],
    showNoneItem: true,
    noneText: '没有',
    demand: { role: 'stratum' },
  }
}

/** Shown to whoever ticked at least one service. */
const someNeed = "{needs} notempty and {needs} notcontains 'none'"
const ticked = '{needs} contains {item}'

function aboutNeeds(services: AskedService[]): Json {
  const named = services.map(({ code, zh }) => choice(code, zh))
  const explained = services.map(({ code, zh }) => choice(code, examples[code] ? `${zh}（${examples[code]}）` : zh))
  return {
    name: 'about_needs',
    title: '您需要哪些服务',
    elements: [
      {
        type: 'checkbox',
        name: 'needs',
        title: '您和家人需要社区提供哪些服务？',
        description: '需要几项就选几项。',
        isRequired: true,
        choices: explained,
        showNoneItem: true,
        noneText: '都不需要',
        demand: { role: 'need' },
      },
      {
        type: 'matrix',
        name: 'met',
        title: '您选的这些服务，现在能满足您几成？',
        description: '附近已经有的、您平常用得上的，都算在内。',
        visibleIf: someNeed,
        eachRowRequired: true,
        rowsVisibleIf: ticked,
        rows: named,
        columns: [
          choice(0, '完全没有'),
          choice(25, '满足一点'),
          choice(50, '满足一半'),
          choice(75, '大部分满足'),
          choice(100, '完全满足'),
        ],
        demand: { role: 'met' },
      },
      {
        type: 'checkbox',
        name: 'top',
        title: '其中您最盼望先办的是哪几项？',
        description: '最多选三项，不分先后。',
        visibleIf: someNeed,
        isRequired: true,
        maxSelectedChoices: 3,
        choicesVisibleIf: ticked,
        choices: named,
        demand: { role: 'top' },
      },
    ],
  }
}

function aboutUse(services: AskedService[]): Json {
  const asked = new Set(services.map(({ code }) => code))
  const followUps = [elderUsers(), mealTimes(), mealPrice(), afterSchoolTimes()]
  return {
    name: 'about_use',
    title: '再问几句怎么用',
    elements: followUps
      .filter(({ service }) => asked.has(service))
      .map(({ service, question }) => ({ ...question, visibleIf: `{needs} contains '${service}'` })),
  }
}

interface FollowUp {
  service: string
  question: Json
}

function elderUsers(): FollowUp {
  const question = {
    type: 'checkbox',
    name: 'elder_care_users',
    title: '养老服务主要给谁用？',
    description: '可以多选。',
    choices: [
      choice('self', '我自己'),
      choice('spouse', '老伴'),
      choice('parents', '父母或公婆、岳父母'),
      choice('later', '现在不用，以后会用'),
    ],
  }
  return { service: 'elder_care', question }
}

function mealTimes(): FollowUp {
  const question = {
    type: 'checkbox',
    name: 'meal_times',
    title: '您想在社区吃哪几顿饭？',
    description: '可以多选，送餐上门也算。',
    choices: [choice('breakfast', '早饭'), choice('lunch', '午饭'), choice('dinner', '晚饭')],
  }
  return { service: 'community_meals', question }
}

function mealPrice(): FollowUp {
  const question = {
    type: 'radiogroup',
    name: 'meal_price',
    title: '一顿午饭多少钱，您觉得合适？',
    choices: [
      choice('under_10', '10 元以内'),
      choice('10_15', '10～15 元'),
      choice('15_20', '15～20 元'),
      choice('over_20', '20 元以上也可以'),
    ],
  }
  return { service: 'community_meals', question }
}

function afterSchoolTimes(): FollowUp {
  const question = {
    type: 'checkbox',
    name: 'after_school_times',
    title: '孩子什么时候最需要有人看护？',
    description: '可以多选。',
    choices: [
      choice('after_class', '放学后到晚饭前'),
      choice('evening', '晚饭后'),
      choice('weekend', '周末'),
      choice('holiday', '寒暑假'),
    ],
  }
  return { service: 'after_school', question }
}

function lastWords(): Json {
  return {
    name: 'last_words',
    title: '最后',
    elements: [
      {
        type: 'radiogroup',
        name: 'circumstances_consent',
        title: '想多问一题：家里有没有需要特别照顾的情况？您愿意回答吗？',
        description: '只用来统计需要照顾的人盼望哪些服务，不对应到个人。不愿意可以不答，不影响提交。',
        choices: [choice('yes', '愿意回答'), choice('no', '不回答')],
      },
      {
        type: 'checkbox',
        name: 'circumstances',
        title: '您或同住的家人有下面的情况吗？',
        description: '可以多选。',
        visibleIf: "{circumstances_consent} = 'yes'",
        choices: [
          choice('living_alone', '一个人住'),
          choice('low_income', '低保或收入较低'),
          choice('disability', '有残疾或行动不便'),
        ],
        showNoneItem: true,
        noneText: '都没有',
        demand: { role: 'group' },
      },
      {
        type: 'comment',
        name: 'suggestion',
        title: '对社区的服务，您还有什么想说的？',
        description: '没有可以不写。请不要写姓名和电话。',
        maxLength: 500,
        rows: 4,
        demand: { role: 'open' },
      },
    ],
  }
}
