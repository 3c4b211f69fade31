using System.Net;
using System.Net.Security;
using Ecart.App.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using IPNetwork = System.Net.IPNetwork;

namespace Ecart.App.Serve.Listening;

/// <summary>Has the server listen as the settings say, and take the word of trusted proxies for who asks.</summary>
internal static class KestrelSetUp
{
    /// <summary>Sets the server up.</summary>
    /// <exception cref="CommandException">A setting cannot be used; the message names it.</exception>
    public static void Listen(ConfigureWebHostBuilder host, HttpOptions options)
    {
        IReadOnlyList<ListenAddress> addresses = ListenAddress.Read(options);
        ServingCertificate? certificate = options.Certificate.Path is null ? null : new ServingCertificate(options.Certificate, TimeProvider.System);
        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel =>
        {
            // PostedBody keeps to its bound itself and says which option it is; RequestEdge bounds every other body.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
            foreach (ListenAddress address in addresses) Listen(kestrel, address, certificate);
        });
    }

    /// <summary>Has the scheme and the address of a request be those that a trusted proxy tells; nobody else is believed.</summary>
    public static void Forward(WebApplication application, HttpOptions options)
    {
        if (options.ForwardedFrom.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (string text in options.ForwardedFrom) forwarded.KnownIPNetworks.Add(ParseNetwork(text)!.Value);
        application.UseForwardedHeaders(forwarded);
    }

    /// <summary>An address, or a network as <c>10.0.0.0/8</c>; null when it is none.</summary>
    public static IPNetwork? ParseNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out IPNetwork network)) return network;
        return IPAddress.TryParse(text, out IPAddress? address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, ServingCertificate? certificate)
    {
        Action<ListenOptions> configure = listen =>
        {
            if (!address.IsTls) return;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate!.Current }),
            });
        };
        if (address.Endpoint is { } endpoint) kestrel.Listen(endpoint, configure);
        else if (!address.IsLoopback) kestrel.ListenAnyIP(address.Port, configure);
        else if (address.Port != 0) kestrel.ListenLocalhost(address.Port, configure);
        else kestrel.Listen(IPAddress.Loopback, 0, configure);
    }
}
