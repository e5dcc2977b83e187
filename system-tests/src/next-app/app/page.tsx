import Link from "next/link";

export default function LandingPage() {
  return (
    <main>
      <h1>Landing</h1>
      <Link id="signup" href="/auth/callback">Sign up</Link>
    </main>
  );
}
