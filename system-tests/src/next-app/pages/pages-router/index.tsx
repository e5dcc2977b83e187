import Link from "next/link";

export default function LandingPage() {
  return <Link id="signup" href="/pages-router/callback">Sign up</Link>;
}
