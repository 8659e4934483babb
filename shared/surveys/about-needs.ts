import { choice } from './choice.ts'
import type { Json } from './definition.ts'

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

/** Shown to whoever ticked at least one service. */
const someNeed = "{needs} notempty and {needs} notcontains 'none'"
const ticked = '{needs} contains {item}'

/** What is needed, how far it is met, and what comes first. */
export function aboutNeeds(services: AskedService[]): Json {
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

/** Follow-up questions, each for whoever needs its service. */
export function aboutUse(services: AskedService[]): Json {
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
