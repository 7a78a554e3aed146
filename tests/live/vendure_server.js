// A Vendure shop on SQLite for the tests: `node vendure_server.js FOLDER PORT`, from a folder with @vendure/core installed.
const { resolve } = require('path');
const core = require(require.resolve('@vendure/core', { paths: [process.cwd()] }));

const [folder, port] = process.argv.slice(2);
core.bootstrap({
    apiOptions: { hostname: '127.0.0.1', port: Number(port), adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
        tokenMethod: ['bearer'],
        requireVerification: false,
        superadminCredentials: { identifier: 'owner', password: 'kiln' },
    },
    dbConnectionOptions: { type: 'better-sqlite3', database: resolve(folder, 'shop.sqlite'), synchronize: true },
    paymentOptions: { paymentMethodHandlers: [core.dummyPaymentHandler] },
    logger: new core.DefaultLogger({ level: core.LogLevel.Warn }),
    plugins: [core.DefaultJobQueuePlugin.init({})],
}).then(() => console.log('READY'), (error) => { console.error(error); process.exit(1); });
