import { Topic } from './steps.tsx'

/** How to answer, for residents: short sentences, one thing at a time. */
export default function ResidentHelp() {
  return (
    <main className="sheet">
      <h1>怎样填问卷</h1>
      <p>不用注册，不用写姓名和电话，四分钟左右填完。手机用不惯也没关系，社区工作人员可以帮您填。</p>
      <Opening />
      <Answering />
      <Afterwards />
      <Wishing />
      <h2>还是不明白？</h2>
      <p>请到社区居委会，或打社区的电话问一问。您的想法，用纸写、当面说，一样算数。</p>
      <div className="choices">
        <a className="main" href="/s">
          输入短码，打开问卷
        </a>
        <a className="second" href="/withdraw">
          撤回交过的答卷
        </a>
      </div>
    </main>
  )
}

function Opening() {
  return (
    <>
      <Topic drawing="scan" title="一、打开问卷">
        <ol>
          <li>打开微信，点右上角的“＋”，再点“扫一扫”。</li>
          <li>对准海报上的二维码，等一会儿就打开了。</li>
        </ol>
        <p>扫不了？海报上二维码旁边印着短码。打开海报上写的网址，把短码输进去也行，大小写都可以。</p>
      </Topic>
      <Topic drawing="large-type" title="二、字太小，看不清">
        <p>点右上角的“大字版”，字就变大，一屏只问一道题。还嫌小，再点“大”。下次打开，还是您选的大小。</p>
        <p>有“读给我听”的手机，点一下就念给您听。没有这个按钮，说明这部手机不会念中文。</p>
      </Topic>
    </>
  )
}

function Answering() {
  return (
    <>
      <Topic drawing="answer" title="三、一题一题地选">
        <ul>
          <li>先看说明，愿意填，就在方框里打勾，再点“开始填写”。</li>
          <li>照着自己家的情况选，没有对错。</li>
          <li>选错了，再点一次就能改；想回到上一题，点下面的“上一题”（或“上一页”）。</li>
          <li>填到一半有事，先去忙。回头还用这部手机扫码，填过的都在。</li>
        </ul>
      </Topic>
      <Topic drawing="family" title="帮家里人填">
        <p>
          替老人或家人填，先选“替家人填”，再照他们的意思选。一部手机可以给几位家人各填一份：交完一份，点“帮另一位家人填一份”。
        </p>
        <p>未满 14 岁的孩子不用自己填，由家长说说孩子需要什么。</p>
      </Topic>
      <Topic drawing="offline" title="没有信号怎么办">
        <p>照常填，照常点交卷。答卷先存在手机里，等有了信号会自动交上，不会丢，也不会交成两份。</p>
        <p>屏幕上出现回执码，才是真的交到了。</p>
      </Topic>
    </>
  )
}

function Wishing() {
  return (
    <Topic drawing="family" title="有个小小的心愿">
      <p>
        想要一样东西、请人帮个忙、找人陪一陪，或者路上缺个歇脚的地方，都可以
        <a href="/w">许个微心愿</a>。有单位认领了，会照您留的电话找您；办好了，再请您来确认。
      </p>
      <p>电话只有认领的单位看得到，办完就删。</p>
    </Topic>
  )
}

function Afterwards() {
  return (
    <>
      <Topic drawing="receipt" title="四、收好回执码">
        <p>交卷后，屏幕上有一串回执码。请截个图，或者抄在纸上。别人拿到它，也看不到您选了什么。</p>
      </Topic>
      <Topic drawing="withdraw" title="后悔了，可以撤回">
        <ol>
          <li>
            打开<a href="/withdraw">撤回页面</a>。
          </li>
          <li>输入回执码，横线不写也行。</li>
          <li>点“撤回这份答卷”。您的答案就删掉了，统计里也减去这一份。</li>
        </ol>
        <p>撤回以后想再填，重新扫码就行。</p>
      </Topic>
    </>
  )
}
