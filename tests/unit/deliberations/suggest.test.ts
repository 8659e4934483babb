import { expect, test } from 'vitest'
import { wordsOf } from '../../../server/platform/segment.ts'
import { keywordsFor, shippedKeywords } from '../../../shared/deliberations/keywords.ts'
import { suggestedService } from '../../../shared/deliberations/suggest.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'

const services = shippedCatalogue().services.map(({ code }) => code)
const keywords = keywordsFor(services, [])
const suggested = (text: string) => suggestedService(wordsOf(text, false), keywords)

test('every service of the catalogue has words, each once', () => {
  expect(shippedKeywords.map(({ service }) => service)).toEqual(services)
  for (const { service, words } of shippedKeywords) {
    expect(words.length, service).toBeGreaterThan(10)
    expect(new Set(words).size, service).toBe(words.length)
  }
})

test.each([
  ['我妈失能在家，想找个护工上门照护', 'elder_care'],
  ['独居老人白天没人管，要有日间照料', 'elder_care'],
  ['老人洗澡不方便，建议设助浴点', 'elder_care'],
  ['孩子一岁半，想要近一点的托育点', 'infant_care'],
  ['我们老两口帮着带孙子，有个宝宝屋就好了', 'infant_care'],
  ['三点半放学没人接，希望办托管班', 'after_school'],
  ['暑假孩子没人看，能不能办暑托班', 'after_school'],
  ['双职工家庭，孩子作业没人辅导', 'after_school'],
  ['老年人没处吃饭，想要个社区食堂', 'community_meals'],
  ['食堂的饭菜太贵，老人吃不起', 'community_meals'],
  ['中午送餐上门的有没有', 'community_meals'],
  ['附近没有理发的，修鞋也没地方', 'household_services'],
  ['菜市场太远，买菜要坐两站车', 'household_services'],
  ['快递都堆在门口，没有快递柜', 'household_services'],
  ['社区卫生站周末不开门，拿药要跑大医院', 'health'],
  ['希望家庭医生定期来量血压', 'health'],
  ['装一台除颤仪吧', 'health'],
  ['没地方打乒乓球', 'fitness'],
  ['健身器材坏了一半，没人修', 'fitness'],
  ['晚上广场舞没有场地', 'fitness'],
  ['想要个安静看书的阅览室', 'culture'],
  ['合唱团没有排练的地方', 'culture'],
  ['老街坊想有个下棋的棋牌室', 'culture'],
  ['小区里没有滑梯和沙坑，孩子没有玩的地方', 'child_play'],
  ['想有个遛娃的地方，秋千也行', 'child_play'],
  ['路灯坏了三个月', null],
  ['停车太难了，天天为车位吵架', null],
  ['什么时候能加装电梯', null],
  ['物业费涨得没道理', null],
  ['不需要健身房', null],
  ['反对再建食堂，油烟受不了', null],
  ['', null],
])('%s → %s', (text, service) => {
  expect(suggested(text)).toBe(service)
})

test('the words that cover more decide, and of equals the first; a district may have its own', () => {
  expect(suggested('食堂旁边有个健身房，再加个健身步道')).toBe('fitness')
  expect(
    suggestedService(['路灯', '坏', '了'], keywordsFor(['health'], [{ service: 'health', words: ['路灯'] }])),
  ).toBe('health')
  expect(keywordsFor(['parking'], [])).toEqual([{ service: 'parking', words: [] }])
})
