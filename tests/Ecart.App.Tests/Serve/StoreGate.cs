using System.Collections.Concurrent;
using System.Net.Sockets;
using Ecart.TestKit;

namespace Ecart.App.Tests.Serve;

/// <summary>Stands between the service and the database and can take it away: connections are cut and new ones refused. Thread-safe.</summary>
internal sealed class StoreGate(string connectionString) : DatabaseRelay(connectionString)
{
    private readonly ConcurrentDictionary<Socket, bool> sockets = new();
    private volatile bool isShut;

    /// <summary>Takes the database away.</summary>
    public void Shut()
    {
        isShut = true;
        foreach (Socket socket in sockets.Keys) socket.Dispose();
    }

    /// <summary>Brings it back.</summary>
    public void Open() => isShut = false;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        Shut();
        return base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override bool Admits() => !isShut;

    /// <inheritdoc/>
    protected override async Task PassAsync(Socket client, Socket server)
    {
        sockets[client] = true;
        sockets[server] = true;
        if (isShut) return;
        await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        sockets.TryRemove(client, out _);
        sockets.TryRemove(server, out _);
    }
}
