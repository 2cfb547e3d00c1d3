// Code that runs inside frames, as text: the same work in a widget and in a bare frame.

/** Draws a list in a box of 120 pixels, so that nothing on the page moves. */
export const draw = `var root=document.getElementById("gro-widget-root");var list=document.createElement("ul");
list.style.margin="0";list.style.height="120px";list.style.overflow="hidden";
for(var i=0;i<20;i++){var item=document.createElement("li");item.textContent="Line "+i;list.append(item)}root.append(list);`;

/** A call as the seed page's widgets make it: 137 bytes of parameters. */
const params = `{action:"weight_changed",description:"Weight changed from 12.4 to 13.1",changes:{weight:{from:12.4,to:13.1}},metadata:{from:"bench"}}`;

/** Defines `series(n)`: microseconds per call of n calls, one after the other. The caller is the frame's own. */
const series = (call) => `window.series=async function(n){var params=${params};var start=performance.now();
for(var i=0;i<n;i++)await (${call});return (performance.now()-start)*1000/n};`;

/** In a widget. A refusal is an answer too. */
export const widgetCalls = `${draw}${series("gro.activity.log(params).catch(function(){})")}`;

/** In a bare frame: the least that a request over a port needs, an id and a table of who waits. */
export const bareCalls = `${draw}window.addEventListener("message",function(event){var port=event.ports[0];if(!port)return;
var waiting=new Map();var last=0;port.onmessage=function(event){var resolve=waiting.get(event.data.id);waiting.delete(event.data.id);resolve(event.data.data)};
function call(params){return new Promise(function(resolve){last+=1;var id=String(last);waiting.set(id,resolve);port.postMessage({v:1,type:"call",id:id,method:"activity.log",params:params})})}
${series("call(params)")}parent.postMessage("ready","*")});parent.postMessage("hello","*");`;

/** In a bare frame that is only shown. */
export const bareReady = `${draw}parent.postMessage("ready","*");`;
