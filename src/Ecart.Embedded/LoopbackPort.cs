using System.Net;
using System.Net.Sockets;

namespace Ecart.Embedded;

/// <summary>Finds a TCP port on 127.0.0.1. Another process may still take it before the server does: the caller tries again.</summary>
internal static class LoopbackPort
{
    /// <summary><paramref name="preferred"/> if it is free, else any free port.</summary>
    public static int Find(int preferred) => preferred > 0 && TryBind(preferred) is { } same ? same : TryBind(0)!.Value;

    private static int? TryBind(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException) when (port != 0)
        {
            return null;
        }
    }
}
