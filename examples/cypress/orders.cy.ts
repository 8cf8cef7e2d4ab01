/// <reference types="cypress" />

it('goes on behind the last order when the connection is dropped', () => {
  cy.task<string>('serve', 'retry: 50\n\n').then((url) => cy.visit(`/?events=${url}`));
  cy.task('connection').should('equal', '');
  cy.task('publish', { event: 'order', id: '7', data: { number: 7 } });
  cy.contains('li', 'Order 7');
  cy.task('drop');
  cy.task('connection').should('equal', '7');
});
