import { Link } from 'react-router'

/** For those who come from another machine before there is anybody who could give them an account. */
export default function NoAdministrator() {
  return (
    <section className="panel session">
      <h1>工作台还没有开通</h1>
      <p>本系统还没有设立管理员。请在服务器上打开这一页，设立第一位管理员，再由管理员开通大家的账号。</p>
      <p>
        您就是管理员，手里有工作密钥的，也可以<Link to="/first-run">在这台电脑上设立</Link>；已有账号的
        <Link to="/sign-in">请登录</Link>。
      </p>
    </section>
  )
}
