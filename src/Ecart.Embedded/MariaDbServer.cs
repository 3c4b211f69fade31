using MySqlConnector;

namespace Ecart.Embedded;

/// <summary>The server a program works on: the one ECART_MARIADB names, else an embedded one.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    /// <summary>Environment variable with the connection string of a running server.</summary>
    public const string Variable = "ECART_MARIADB";

    private readonly EmbeddedMariaDb? embedded;

    private MariaDbServer(string connectionString, string version, EmbeddedMariaDb? embedded)
    {
        ConnectionString = connectionString;
        Version = version;
        this.embedded = embedded;
    }

    /// <summary>Connection string for MySqlConnector; user variables and local files are always allowed in it.</summary>
    public string ConnectionString { get; }

    /// <summary>What the server calls itself: <c>11.8.6-MariaDB-...</c>.</summary>
    public string Version { get; }

    /// <summary>True when the server is not ours and goes on after <see cref="DisposeAsync"/>.</summary>
    public bool IsExternal => embedded is null;

    /// <summary>The embedded server; null for an external one.</summary>
    public EmbeddedMariaDb? Embedded => embedded;

    /// <summary>Checks the server of ECART_MARIADB if that is set; otherwise starts, or attaches to, the embedded one.</summary>
    /// <exception cref="EmbeddedMariaDbException">The named server does not answer or is too old, or none can be started.</exception>
    public static Task<MariaDbServer> ResolveAsync(
        EmbeddedMariaDbOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        ResolveAsync(Environment.GetEnvironmentVariable(Variable), options, progress, cancellationToken);

    /// <summary>Makes sure that a server program is there, fetching it if need be, without starting a server.</summary>
    /// <returns>A line for people: which version, and where it lies.</returns>
    /// <exception cref="EmbeddedMariaDbException">None can be had; the message says why and what to do.</exception>
    public static async Task<string> PrepareAsync(
        EmbeddedMariaDbOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } external)
        {
            await using var server = await ResolveAsync(external, options, progress, cancellationToken);
            return $"MariaDB {server.Version}, named by {Variable}";
        }

        var installation = await MariaDbLocator.Create(options.CacheFolder).FindAsync(progress, cancellationToken);
        return $"MariaDB {installation.Version} in {installation.BaseFolder}";
    }

    /// <summary>Stops the embedded server if this object owns it; leaves an external one alone.</summary>
    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal static async Task<MariaDbServer> ResolveAsync(
        string? external, EmbeddedMariaDbOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(external))
        {
            var started = await EmbeddedMariaDb.StartAsync(options, progress, cancellationToken);
            return new MariaDbServer(started.ConnectionString, started.Version, started);
        }

        var builder = ParseExternal(external);
        var version = await AskVersionAsync(builder, cancellationToken);
        return MariaDbVersion.Parse(version) is { HasVectors: true }
            ? new MariaDbServer(builder.ConnectionString, version, embedded: null)
            : throw EmbeddedMariaDbException.WithRemedy(
                $"The server that {Variable} names is '{version}'; the VECTOR type needs MariaDB {MariaDbVersion.Least} or newer.");
    }

    private static MySqlConnectionStringBuilder ParseExternal(string external)
    {
        try
        {
            return new MySqlConnectionStringBuilder(external) { AllowUserVariables = true, AllowLoadLocalInfile = true };
        }
        catch (ArgumentException error)
        {
            throw new EmbeddedMariaDbException($"{Variable} is not a connection string: {error.Message} {EmbeddedMariaDbException.Remedy}", error);
        }
    }

    private static async Task<string> AskVersionAsync(MySqlConnectionStringBuilder builder, CancellationToken cancellationToken)
    {
        // The database may be absent yet: migrations create it.
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder(builder.ConnectionString) { Database = "" }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection.ServerVersion;
        }
        catch (MySqlException error)
        {
            throw new EmbeddedMariaDbException(
                $"The server that {Variable} names ({builder.Server}) cannot be used: {error.Message} Start it, correct {Variable}, or unset it to use " +
                "the embedded server.", error);
        }
    }
}
