const ledger = {};

export default ledger;
