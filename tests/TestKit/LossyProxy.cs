using System.Net.Sockets;
using System.Text;

namespace Ecart.TestKit;

/// <summary>
/// Stands between client and server and loses chosen COMMITs, by cutting the connection either before the server gets one or before the client gets
/// the answer. Thread-safe.
/// </summary>
/// <param name="connectionString">The server.</param>
/// <param name="lossOf">What becomes of each COMMIT, numbered from 1.</param>
public sealed class LossyProxy(string connectionString, Func<int, LossyProxy.Loss> lossOf) : DatabaseRelay(connectionString)
{
    private const int HeaderBytes = 4;
    private const byte Query = 3;
    private int commits;

    /// <summary>What becomes of a COMMIT.</summary>
    public enum Loss
    {
        /// <summary>Nothing: it takes effect and is answered.</summary>
        None,

        /// <summary>The server never gets it.</summary>
        BeforeServer,

        /// <summary>It takes effect, and the client is not told.</summary>
        BeforeAnswer,
    }

    /// <summary>COMMITs seen.</summary>
    public int Commits => Volatile.Read(ref commits);

    /// <inheritdoc/>
    protected override Task PassAsync(Socket client, Socket server) => Task.WhenAny(ToServerAsync(client, server), CopyAsync(server, client));

    private async Task ToServerAsync(Socket client, Socket server)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await client.ReceiveAsync(buffer, Stopping)) > 0)
        {
            Loss loss = IsCommit(buffer.AsSpan(0, read)) ? lossOf(Interlocked.Increment(ref commits)) : Loss.None;
            if (loss == Loss.BeforeServer) return;
            if (loss == Loss.BeforeAnswer) client.Shutdown(SocketShutdown.Both);
            await server.SendAsync(buffer.AsMemory(0, read), Stopping);
            if (loss != Loss.BeforeAnswer) continue;
            // The server has it: once it has answered, or ended the connection, the outcome is decided.
            await server.ReceiveAsync(new byte[1], SocketFlags.Peek, Stopping);
            return;
        }
    }

    private static bool IsCommit(ReadOnlySpan<byte> packet) =>
        packet.Length > HeaderBytes && packet[HeaderBytes] == Query
        && Encoding.ASCII.GetString(packet[(HeaderBytes + 1)..]).Trim('\0', ';', ' ').Equals("commit", StringComparison.OrdinalIgnoreCase);
}
