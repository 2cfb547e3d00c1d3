import { useState } from "react";
import { Link } from "react-router-dom";
import { call, problemOf, recordApi } from "../api.js";
import { findResource, mayDo, type Notice, previewPath, type RecordView, type ResourceView, recordPath } from "../panel-state.js";
import { Chip } from "../parts/chip.js";
import { Copy } from "../parts/copy.js";
import { useNotify } from "../parts/notices.js";
import { Empty, Problem, Waiting } from "../parts/states.js";
import { Time } from "../parts/time.js";
import { useAnswer } from "../parts/use-answer.js";
import { FindingCount, sayBytes } from "../record/value.js";

interface VersionView {
  readonly id: string;
  readonly number: number;
  readonly verdict: "publish" | "reject";
  readonly active: boolean;
  readonly digest: string;
  readonly size: number;
  readonly fileName: string;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly findings: unknown;
}

/** Every bundle this widget ever had, newest first; the one that is served is marked. */
export function Versions({ resource, record, onChange }: { resource: ResourceView; record: RecordView; onChange: () => void }) {
  const { data, problem, loading, reload } = useAnswer<{ versions: readonly VersionView[] }>(recordApi(resource.id, record.id, "overview"));
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const versions = findResource("widget-versions");
  const activate = async (version: VersionView) => {
    setBusy(true);
    const answer = await call<{ notice?: Notice }>(recordApi(resource.id, record.id, "activateVersion"), {
      body: { versionId: version.id },
    });
    setBusy(false);
    notify(answer.ok ? answer.data.notice : { type: "error", message: problemOf(answer) });
    reload();
    onChange();
  };
  return (
    <section className="v-card v-card--flush" aria-labelledby="versions">
      <h2 id="versions" className="v-card__title v-card__title--padded">
        Versions
      </h2>
      {loading && <Waiting />}
      {problem && <Problem message={problem} onRetry={reload} />}
      {data?.versions.length === 0 && <Empty icon="Package" title="No bundle was uploaded yet." />}
      {data && data.versions.length > 0 && (
        <table className="v-table">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Verdict</th>
              <th scope="col">Findings</th>
              <th scope="col">Digest</th>
              <th scope="col">Size</th>
              <th scope="col">Uploaded</th>
              <th scope="col">
                <span className="v-sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.versions.map((version) => (
              <tr key={version.id}>
                <td data-label="Version" className="v-table__title">
                  {versions ? <Link to={recordPath("widget-versions", version.id)}>#{version.number}</Link> : `#${version.number}`}{" "}
                  {version.active && (
                    <Chip tone="success" dot>
                      Active
                    </Chip>
                  )}
                </td>
                <td data-label="Verdict">
                  <Chip tone={version.verdict === "publish" ? "success" : "danger"}>
                    {version.verdict === "publish" ? "Accepted" : "Rejected"}
                  </Chip>
                </td>
                <td data-label="Findings">
                  <FindingCount value={version.findings} />
                </td>
                <td data-label="Digest">
                  <Copy value={version.digest} what="digest" />
                </td>
                <td data-label="Size">{sayBytes(version.size)}</td>
                <td data-label="Uploaded">
                  <Time value={version.createdAt} />
                  {version.createdBy && <span className="v-none"> by {version.createdBy}</span>}
                </td>
                <td className="v-table__actions">
                  {version.verdict === "publish" && versions && mayDo(versions, "preview") && (
                    <a className="v-button v-button--small" href={previewPath(version.id)} target="_blank" rel="noopener">
                      Preview
                    </a>
                  )}
                  {version.verdict === "publish" && !version.active && mayDo(resource, "activateVersion") && (
                    <button type="button" className="v-button v-button--small" disabled={busy} onClick={() => void activate(version)}>
                      Make active
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
