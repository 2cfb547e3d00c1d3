import { Component, type ReactNode } from "react";
import { Problem } from "./states.js";

/** A page that fails while it is drawn says so; the sidebar and every other page keep working. */
export class PageGuard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="v-page">
        <Problem message="This page could not be drawn." onRetry={() => this.setState({ failed: false })} />
      </div>
    );
  }
}
