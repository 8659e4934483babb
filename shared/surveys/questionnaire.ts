import { type AskedService, aboutNeeds, aboutUse } from './about-needs.ts'
import { aboutYou } from './about-you.ts'
import { choice } from './choice.ts'
import type { Json, SurveyDefinition } from './definition.ts'

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
