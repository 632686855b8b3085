(function () {
  "use strict";
  var button = document.querySelector("#show-map"), asked = false, wanted = [];
  function load() {
    if (asked) { return; }
    asked = true;
    button.parentNode.hidden = true;
    if (window.assetmapLoad) { window.assetmapLoad(); drawn(); return; }
    next(document.querySelector("#atlas").getAttribute("data-scripts").split(" "));
  }
  // one after the other: what is on the map, then what draws it
  function next(files) {
    if (!files.length) { drawn(); return; }
    var script = document.createElement("script");
    script.src = files[0];
    script.addEventListener("load", function () { next(files.slice(1)); });
    document.body.appendChild(script);
  }
  function drawn() {
    wanted.forEach(function (key) { window.assetmapGo(key); });
    wanted = [];
  }
  // the answer is there first; only then the map moves
  window.assetmapShow = function (key) {
    if (window.assetmapGo) { window.assetmapGo(key); return; }
    wanted.push(key);
    load();
  };
  button.addEventListener("click", load);
  window.addEventListener("hashchange", function () {
    if (/^#view=/.test(location.hash)) { load(); }
  });
  if (/^#view=/.test(location.hash)) { load(); }
  else if (window.matchMedia("(min-width: 48rem)").matches) {
    var idle = window.requestIdleCallback || function (then) { window.setTimeout(then, 200); };
    idle(load, { timeout: 1500 });
  }
})();
