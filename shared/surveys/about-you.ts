import { choice } from './choice.ts'
import type { Json } from './definition.ts'

/** Who is answering, and what the answers are weighted by. */
export function aboutYou(): Json {
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
