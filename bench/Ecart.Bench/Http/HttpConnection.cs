using System.Net.Sockets;
using System.Text;

namespace Ecart.Bench.Http;

/// <summary>One connection that stays open, one request at a time: just enough HTTP to cost the processors little. Not thread-safe.</summary>
internal sealed class HttpConnection(Uri address) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? socket;

    /// <summary>Sends a whole request and waits for its answer.</summary>
    /// <returns>True for 200.</returns>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (socket is null)
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        }

        await socket.SendAsync(request, cancellationToken);
        int length = 0;
        int needed = int.MaxValue;
        while (length < needed)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) throw new InvalidOperationException("The service closed a connection.");
            length += read;
            if (needed == int.MaxValue) needed = FindLength(buffer.AsSpan(0, length));
        }

        return buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8);
    }

    public void Dispose() => socket?.Dispose();

    /// <summary>Bytes of the answer, or the most that there are while its head is not complete.</summary>
    private static int FindLength(ReadOnlySpan<byte> text)
    {
        int head = text.IndexOf("\r\n\r\n"u8);
        if (head < 0) return int.MaxValue;
        int name = text[..head].IndexOf("Content-Length: "u8);
        if (name < 0) throw new InvalidOperationException($"An answer has no length: {Encoding.UTF8.GetString(text[..head])}");
        ReadOnlySpan<byte> value = text[(name + "Content-Length: ".Length)..(head + 2)];
        return head + 4 + int.Parse(value[..value.IndexOf((byte)'\r')]);
    }
}
