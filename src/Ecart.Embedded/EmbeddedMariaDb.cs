using Ecart.Embedded.Processes;

namespace Ecart.Embedded;

/// <summary>
/// A private MariaDB server: a process of its own with a data folder of its own, reached by a unix socket or by 127.0.0.1. The server
/// ends when its owner disposes this object or ends in any way. A second start on the same data folder attaches to the running server and
/// does not stop it; when the owner goes away, attached clients lose their connections. Thread-safe.
/// </summary>
public sealed class EmbeddedMariaDb : IAsyncDisposable
{
    private readonly GuardedProcess? process;
    private readonly FileStream? ownerLock;
    private int disposed;

    internal EmbeddedMariaDb(
        string connectionString, string version, ServerEndpoint endpoint, string dataFolder, GuardedProcess? process, FileStream? ownerLock)
    {
        ConnectionString = connectionString;
        Version = version;
        SocketPath = endpoint.SocketPath;
        Port = endpoint.Port;
        DataFolder = dataFolder;
        this.process = process;
        this.ownerLock = ownerLock;
    }

    /// <summary>Connection string for MySqlConnector: by unix socket, with the password and the options' database.</summary>
    public string ConnectionString { get; }

    /// <summary>What the server calls itself: <c>11.8.6-MariaDB-...</c>.</summary>
    public string Version { get; }

    /// <summary>Path of the server's unix socket.</summary>
    public string SocketPath { get; }

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Folder of the data, the password and <c>server.log</c>.</summary>
    public string DataFolder { get; }

    /// <summary>True when this object started the server and will stop it; false when it attached to a running one.</summary>
    public bool IsOwner => process is not null;

    /// <summary>Starts the server, or attaches to it if it runs; fetches the program and creates the data folder where absent.</summary>
    /// <param name="options">Folders and settings.</param>
    /// <param name="progress">Told of every step that takes long.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="EmbeddedMariaDbException">No server program can be had, or the server does not start; the message says why.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Task<EmbeddedMariaDb> StartAsync(
        EmbeddedMariaDbOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        return new ServerStart(options, progress).RunAsync(cancellationToken);
    }

    /// <summary>Stops the server cleanly and waits for its end, if this object owns it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        if (process is not null) await process.DisposeAsync();
        if (ownerLock is not null) await ownerLock.DisposeAsync();
    }
}
