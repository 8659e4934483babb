import { CampaignHelp } from './campaign-help.tsx'
import { Topic } from './steps.tsx'
import { SponsorHelp, WishHelp } from './wish-help.tsx'

/** How to read, compare and download, for planners and community workers; for organisations, how to claim. */
export default function DeskHelp({ claims = false }: { claims?: boolean }) {
  if (claims)
    return (
      <>
        <h1>使用帮助</h1>
        <SponsorHelp />
        <SigningIn />
      </>
    )
  return (
    <>
      <h1>工作台使用帮助</h1>
      <p>从建问卷到拿到一社一案，按下面的顺序做。页面里的每个数字都能点开，看它从哪里来。</p>
      <CampaignHelp />
      <Collecting />
      <Reading />
      <Taking />
      <WishHelp />
      <SigningIn />
    </>
  )
}

function Collecting() {
  return (
    <>
      <Topic drawing="print" title="二、张贴海报，收集答卷">
        <ol>
          <li>
            打开<a href="/desk/posters">海报与桌牌</a>，每个社区可下载 A4 海报一张、桌牌一版四张，PDF 直接打印。
          </li>
          <li>打印时选“实际大小”；桌牌沿虚线裁开，放在窗口和活动室。</li>
          <li>二维码和短码各社区不同，不要混用：答卷算在哪个社区，由它决定。</li>
        </ol>
        <p>
          海报上若有“试印样张”一行，说明还没有设置居民能打开的网址，请管理员设置 <code>PUBLIC_URL</code> 后重新下载。
        </p>
      </Topic>
      <Topic drawing="family" title="不会用手机的居民">
        <p>
          工作人员可以用居民的手机代填，也可以入户走访、收纸质问卷、在会场收集。这几种渠道分开统计，总表里能看到各有多少份。
        </p>
      </Topic>
    </>
  )
}

function Reading() {
  return (
    <>
      <Topic drawing="table" title="三、比较各社区">
        <p>
          <a href="/desk">各社区需求总表</a>
          可以按街道、类型、是否试点和服务筛选，点表头排序。想找某项服务最缺的社区：先选这项服务，再按“未满足率”排序。
        </p>
        <p>标着“不足”的社区答卷还少，请先补收，再下结论。</p>
      </Topic>
      <Topic drawing="chart" title="四、看懂需求率和区间">
        <ul>
          <li>需求率：居民中表示需要这项服务的比例，已按年龄、性别和有无孩子加权。</li>
          <li>未满足率：居民中需要而现在没有得到满足的比例。</li>
          <li>细线是 95% 置信区间，只反映抽样误差。居民自愿填答，不是随机抽样。</li>
          <li>档次：同一档的服务分不出先后，不要按小数点排名。</li>
          <li>缺口：需要的人数减去服务半径内公共设施的能力；民办设施列出，不抵减。</li>
        </ul>
        <p>每张图下面都有同样内容的表格，图可以存成 PNG。</p>
      </Topic>
      <Topic drawing="number" title="五、数字从哪里来">
        <p>点任何一个数字，会列出用了多少份答卷、哪个问卷版本、哪些设施和哪条指标。对不上时，先看这里。</p>
      </Topic>
    </>
  )
}

function Taking() {
  return (
    <>
      <Topic drawing="brief" title="六、编制和下载一社一案">
        <ol>
          <li>进入社区，在“点位与一社一案”里选点位，打开方案。</li>
          <li>数据有更新时点“编制新稿”。旧稿保留不变，可以随时回看。</li>
          <li>DOCX 用来修改，PDF 用来打印，XLSX 里是全部表格。</li>
          <li>全区的方案在总表页一次打包下载（ZIP），第一次约需半分钟。</li>
        </ol>
        <p>对外公示请用公开版：不到 10 个人的数字已隐去，也推算不出来。工作版只供内部使用。</p>
      </Topic>
      <Topic drawing="withdraw" title="居民要求撤回">
        <p>
          请居民打开<a href="/withdraw">撤回页面</a>
          ，输入回执码即可。撤回后统计随即减去这一份；已经编好的旧稿不变，再编新稿就是新的数字。没有回执码的，查不到也撤不了，因为答卷上没有姓名和电话。
        </p>
      </Topic>
    </>
  )
}

function SigningIn() {
  return (
    <Topic drawing="key" title="登录和打不开页面时">
      <p>
        打开<a href="/desk">工作台</a>
        ，输入用户名和密码；第一次登录，密码一栏填纸条上的一次性代码，再按提示设置自己的密码，管理员还要设置动态口令。半小时没有操作会自动退出；忘记密码、换了手机的，请找给您开通账号的人重新打印纸条。
      </p>
      <p>
        还没有设立管理员时，工作台只在服务器本机开放：请在那里打开<a href="/desk/first-run">设立第一位管理员</a>。
      </p>
    </Topic>
  )
}
