(function () {
  "use strict";
  var button = document.querySelector("#show-map"), asked = false, wanted = [];
  function load() {
    if (asked) { return; }
    asked = true;
    button.parentNode.hidden = true;
    if (window.assetmapLoad) { window.assetmapLoad(); drawn(); return; }
    var script = document.createElement("script");
    script.src = "map.js";
    script.addEventListener("load", drawn);
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
