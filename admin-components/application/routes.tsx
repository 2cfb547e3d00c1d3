import { Link, useParams } from "react-router-dom";
import { Feed } from "../feed/feed.js";
import { EditPage } from "../form/edit-page.js";
import { NewPage } from "../form/new-page.js";
import { ListPage } from "../list/list-page.js";
import { findResource, mayDo, rootPath } from "../panel-state.js";
import { Page } from "../parts/page.js";
import { Empty } from "../parts/states.js";
import { RecordPage } from "../record/record-page.js";
import { CreateWidget } from "../widget/create-widget.js";
import { ReplaceBundle } from "../widget/replace-bundle.js";

export function ResourceRoute() {
  const { resourceId, action = "list" } = useParams();
  const resource = findResource(resourceId);
  if (!resource || !mayDo(resource, action)) return <NotFound />;
  if (action === "new")
    return resource.id === "widgets" ? <CreateWidget resource={resource} /> : <NewPage key={resource.id} resource={resource} />;
  if (action !== "list") return <NotFound />;
  return resource.id === "activities" ? (
    <Page title="Activity">
      <Feed path={`/resources/activities/actions/feedAll`} />
    </Page>
  ) : (
    <ListPage key={resource.id} resource={resource} />
  );
}

export function RecordRoute() {
  const { resourceId, recordId = "", action = "show" } = useParams();
  const resource = findResource(resourceId);
  if (!resource || !mayDo(resource, action)) return <NotFound />;
  const key = `${resource.id}/${recordId}`;
  if (action === "edit") return <EditPage key={key} resource={resource} recordId={recordId} />;
  if (action === "replaceBundle") return <ReplaceBundle key={key} resource={resource} recordId={recordId} />;
  if (action === "show" || action === "feed") return <RecordPage key={key} resource={resource} recordId={recordId} tab={action} />;
  return <NotFound />;
}

export function NotFound() {
  return (
    <Page title="Nothing here">
      <Empty icon="Compass" title="This page does not exist, or your role may not open it.">
        <Link className="v-button" to={rootPath}>
          Go to the dashboard
        </Link>
      </Empty>
    </Page>
  );
}
