using Ecart.App.Commands;
using Ecart.App.Domains;
using Ecart.App.Terminal;
using Ecart.Embedded;
using Ecart.MariaDb.Configuration;
using Ecart.MariaDb.Models;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Schema;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.App.Store;

/// <summary>Brings a store to where commands can work with it: finds or starts the server, looks at it, migrates, reads the configuration.</summary>
internal static class StoreOpener
{
    /// <summary>Database of everything but the demo.</summary>
    public const string DefaultDatabase = "ecart";

    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(1);

    /// <summary>Opens the store.</summary>
    /// <param name="databaseSuffix">Appended to the database's name, so that generated data never mixes with real data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="withModels">Whether trained models are read: who changes which are in force must not fail because one is damaged. Default true.</param>
    /// <param name="domain">The domain to work with. Default transactions.</param>
    /// <exception cref="ModelStoreException">A model in force cannot be used.</exception>
    public static async Task<OpenStore> OpenAsync(
        string databaseSuffix, CancellationToken cancellationToken, bool withModels = true, IServedDomain? domain = null)
    {
        MariaDbServer server = await StartAsync(databaseSuffix, cancellationToken).ConfigureAwait(false);
        try
        {
            string connectionString = ConnectionString(server, databaseSuffix);
            bool isNew = !await CheckAsync(connectionString, cancellationToken).ConfigureAwait(false);
            await MigrateAsync(connectionString, dryRun: false, cancellationToken).ConfigureAwait(false);
            if (isNew) await CheckAsync(connectionString, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(server, connectionString, withModels, domain ?? ServedDomains.Default, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens the store, waiting for as long as its server is away: a service may be started before its database, or while that recovers.</summary>
    /// <param name="databaseSuffix">See <see cref="OpenAsync"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="domain">The domain to work with. Default transactions.</param>
    public static async Task<OpenStore> OpenWhenThereAsync(string databaseSuffix, CancellationToken cancellationToken, IServedDomain? domain = null)
    {
        for (; ; )
        {
            try
            {
                return await OpenAsync(databaseSuffix, cancellationToken, domain: domain).ConfigureAwait(false);
            }
            catch (Exception error) when (TransientErrors.IsTransient(error) || (error.InnerException is { } cause && TransientErrors.IsTransient(cause)))
            {
                Output.Warning($"The store cannot be opened yet, next try in {WhileAway.TotalSeconds:F0} s: {error.Message}");
                await Task.Delay(WhileAway, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Finds or starts the server.</summary>
    public static Task<MariaDbServer> StartAsync(string databaseSuffix, CancellationToken cancellationToken) =>
        MariaDbServer.ResolveAsync(
            new EmbeddedMariaDbOptions { Database = DefaultDatabase + databaseSuffix }, new WorkSteps(), cancellationToken);

    /// <summary>The server's connection string, with a database in any case.</summary>
    public static string ConnectionString(MariaDbServer server, string databaseSuffix)
    {
        var settings = new MySqlConnectionStringBuilder(server.ConnectionString);
        if (settings.Database.Length == 0) settings.Database = DefaultDatabase + databaseSuffix;
        else if (server.IsExternal) settings.Database += databaseSuffix;
        return settings.ConnectionString;
    }

    /// <summary>Looks at the server and the user's rights and tells what it finds.</summary>
    /// <returns>False when the database does not exist yet.</returns>
    public static async Task<bool> CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MySqlException error) when (error.ErrorCode == MySqlErrorCode.UnknownDatabase)
        {
            return false;
        }

        IReadOnlyList<ServerFinding> findings = await ServerCheck.RunAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (ServerFinding finding in findings)
        {
            if (finding.Severity == FindingSeverity.Error) throw new CommandException($"{finding.Message} {finding.Remedy}");
            Output.Warning($"{finding.Message} {finding.Remedy}");
        }

        return true;
    }

    /// <summary>Migrates, telling each step.</summary>
    public static async Task<MigrationReport> MigrateAsync(string connectionString, bool dryRun, CancellationToken cancellationToken)
    {
        var steps = new MigrationSteps();
        MigrationReport report = await new SchemaMigrator()
            .MigrateAsync(connectionString, dryRun, steps, cancellationToken).ConfigureAwait(false);
        if (!dryRun)
        {
            foreach (IServedDomain domain in ServedDomains.All)
                await new ConfigurationStore(connectionString).EnsureDefaultAsync(domain.Name, domain.Read("{}").Text, cancellationToken).ConfigureAwait(false);
        }

        return report;
    }

    private static async Task<OpenStore> ReadAsync(
        MariaDbServer server, string connectionString, bool withModels, IServedDomain domain, CancellationToken cancellationToken)
    {
        ActiveConfiguration active = await new ConfigurationStore(connectionString).GetActiveAsync(domain.Name, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException(
                $"The domain '{domain.Name}' is not known: {ServedDomains.Names} are built in, 'ecart domains list' tells those that were declared, "
                + "and 'ecart domains apply FILE' declares one.",
                ExitCode.Usage);
        await using MySqlConnection connection = await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
        return new OpenStore(
            server,
            connectionString,
            await StoreSession.BestFormatAsync(connection, cancellationToken).ConfigureAwait(false),
            domain,
            domain.Read(active.Settings),
            active.Version,
            await new PatternStore(connectionString).ReadAsync(domain.Name, cancellationToken).ConfigureAwait(false))
        {
            Models = withModels
                ? await StoredModels.Loader(connectionString).ReadInForceAsync(domain.Name, cancellationToken).ConfigureAwait(false)
                : DomainModels.None,
        };
    }

    private sealed class MigrationSteps : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => Output.Note(value.FileName is { } file
            ? $"migrating {value.Completed + 1}/{value.Total}: {file}"
            : "waiting for another process that migrates");
    }
}
