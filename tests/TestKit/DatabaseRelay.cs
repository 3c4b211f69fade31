using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace Ecart.TestKit;

/// <summary>Stands between a client and its database and passes on what each says to the other, as far as a test lets it. Thread-safe.</summary>
public abstract class DatabaseRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly MySqlConnectionStringBuilder upstream;
    private readonly Task accepting;

    /// <summary>Starts to listen.</summary>
    /// <param name="connectionString">The server.</param>
    protected DatabaseRelay(string connectionString)
    {
        upstream = new MySqlConnectionStringBuilder(connectionString);
        listener.Start();
        ConnectionString = new MySqlConnectionStringBuilder(connectionString)
        {
            Server = "127.0.0.1",
            Port = (uint)((IPEndPoint)listener.LocalEndpoint).Port,
            ConnectionProtocol = MySqlConnectionProtocol.Tcp,
            SslMode = MySqlSslMode.None,
        }.ConnectionString;
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Leads through this relay.</summary>
    public string ConnectionString { get; }

    /// <summary>Cancelled when the relay ends.</summary>
    protected CancellationToken Stopping => stop.Token;

    /// <summary>Takes no new connections.</summary>
    public void Close() => listener.Stop();

    /// <summary>Ends every connection.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether a new connection is let through. Default true.</summary>
    protected virtual bool Admits() => true;

    /// <summary>Passes on until either side ends; then both are closed.</summary>
    protected abstract Task PassAsync(Socket client, Socket server);

    /// <summary>Passes everything on in one direction until its sender ends.</summary>
    protected async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer, Stopping)) > 0) await to.SendAsync(buffer.AsMemory(0, read), Stopping);
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                relays.Add(RelayAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // A client that was killed before it was accepted says nothing of the next.
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException or InvalidOperationException)
            {
                break;
            }
        }

        await Task.WhenAll(relays);
    }

    private async Task RelayAsync(Socket client)
    {
        using Socket connected = client;
        if (!Admits()) return;
        try
        {
            using Socket server = await ConnectAsync();
            await PassAsync(client, server);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side has gone: so does the other.
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        bool isUnix = upstream.ConnectionProtocol == MySqlConnectionProtocol.UnixSocket || upstream.Server.StartsWith('/');
        var socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        EndPoint target = isUnix ? new UnixDomainSocketEndPoint(upstream.Server) : new DnsEndPoint(upstream.Server, (int)upstream.Port);
        await socket.ConnectAsync(target, stop.Token);
        return socket;
    }
}
