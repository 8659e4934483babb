import { Topic } from './steps.tsx'

/** Small wishes as staff look after them, from the queue to the figures. */
export function WishHelp() {
  return (
    <Topic drawing="family" title="七、微心愿，从许愿到办结">
      <p>
        都从<a href="/desk/wishes">微心愿</a>开始。骑手用手机登录或扫驿站二维码许愿，也可以由您在“代提”里替人提。
      </p>
      <ol>
        <li>
          审核：标出的电话、证件号和姓名请先遮去，再通过。A 通过，X 遮去，C 请修改，R 不通过，M
          并入。场所类的心愿选上服务，就会列进需求总表。
        </li>
        <li>登记共建单位：在“共建单位”里建好单位，把有“共建单位成员”角色的人加进去，定好最多同时认领几个。</li>
        <li>看进展：一个心愿只能由一家认领。到期没有办，会自动退回心愿墙，排在前面，也列进“退回或到期未办”。</li>
        <li>
          代为确认：交了凭证满七天许愿人没有回音，或许愿人托付，由您确认；许愿人说没办到的，查清后退回办理，或者确认。
        </li>
        <li>办推进会：“大屏”投在会场，心愿一张张翻，谁认领了马上看得到；扫卡片上的二维码就能认领。</li>
        <li>统计和表彰：排名只看办结的个数，不看认领的个数；证书和台账都可以下载。</li>
      </ol>
      <p>许愿人的电话只有正在办的单位看得到，工作人员也看不到；每次查看都有记录，办完就删。</p>
    </Topic>
  )
}

/** For members of an organisation that claims wishes. */
export function SponsorHelp() {
  return (
    <Topic drawing="family" title="认领一个心愿，把它办好">
      <ol>
        <li>
          打开<a href="/desk/board">心愿墙</a>，等得最久的排在最前。挑一个合适的，点“认领这个心愿”，再确认一次。
        </li>
        <li>
          在<a href="/desk/holdings">本单位认领的</a>里查看联系方式，和许愿人约好。每次查看都有记录，号码不要转给别人。
        </li>
        <li>请在期限内办好。快到期会提醒；来不及可以延期一次；办不了请早点退回，让别的单位来办。</li>
        <li>办好以后交凭证：一到九张照片，写一句办了什么。照片里的拍摄地点会自动去掉，请尽量不拍到人脸。</li>
        <li>许愿人确认后才算办结。办结了，就可以下载证书。</li>
      </ol>
    </Topic>
  )
}
