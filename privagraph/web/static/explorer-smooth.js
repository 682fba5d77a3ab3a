/** Keeps large pictures smooth however they are moved. */

/** Milliseconds after the last movement before the picture is drawn finely again. */
const STILL = 160;

/**
 * While a large picture moves, it is drawn as a moved image of itself. cytoscape.js does that for mouse and wheel alone
 * (its option `textureOnViewport`), so its mark for a turning wheel is set for buttons and keys too.
 * @param {object} cy The instance of cytoscape.js.
 */
export function keepSmooth(cy) {
  const renderer = cy.renderer();
  if (!renderer?.textureOnViewport || !renderer.data) return;
  let timer = 0;
  cy.on("viewport", () => {
    renderer.data.wheelZooming = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (cy.destroyed()) return;
      renderer.data.wheelZooming = false;
      renderer.redrawHint("eles", true);
      renderer.redraw();
    }, STILL);
  });
}
