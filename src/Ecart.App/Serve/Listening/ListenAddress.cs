using System.Net;
using Ecart.App.Commands;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Listening;

/// <summary>One address of <c>http.listen</c>.</summary>
/// <param name="Text">As it stands in the settings.</param>
/// <param name="IsTls">Whether it speaks TLS.</param>
/// <param name="IsLoopback">Whether this machine alone reaches it.</param>
/// <param name="Endpoint">Where it listens; null for all addresses or a name.</param>
/// <param name="Port">Its port; 0 for a free one.</param>
internal sealed record ListenAddress(string Text, bool IsTls, bool IsLoopback, IPEndPoint? Endpoint, int Port)
{
    private const string Name = "http.listen";

    /// <summary>Reads the addresses, and refuses what would carry keys and cookies over a network in the clear.</summary>
    /// <exception cref="CommandException">One cannot be used; the message says why.</exception>
    public static IReadOnlyList<ListenAddress> Read(HttpOptions options)
    {
        ListenAddress[] all = [.. options.Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];
        if (all.Length == 0) throw new CommandException($"{Name} is empty: write http://127.0.0.1:8080.", ExitCode.Usage);
        foreach (ListenAddress address in all) address.Check(options);
        return all;
    }

    private void Check(HttpOptions options)
    {
        if (IsTls && options.Certificate.Path is null) throw new CommandException($"{Name} {Text} needs a certificate: set http.certificate.path, and http.certificate.key where the key is in another file.", ExitCode.Usage);
        if (IsTls || IsLoopback || options.AllowPlain) return;
        throw new CommandException(
            $"{Name} {Text} is reached from other machines, and without TLS keys, passwords and cookies would cross the network in the clear: write https:// and set "
            + "http.certificate.path, or listen on 127.0.0.1 behind a proxy. http.allow_plain: true allows it where the network itself is trusted.",
            ExitCode.Usage);
    }

    private static ListenAddress Parse(string text)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            throw Wrong(text);
        }

        bool isTls = string.Equals(parsed.Scheme, "https", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !string.Equals(parsed.Scheme, "http", StringComparison.OrdinalIgnoreCase)) throw Wrong(text);
        if (string.Equals(parsed.Host, "localhost", StringComparison.OrdinalIgnoreCase)) return new ListenAddress(text, isTls, true, null, parsed.Port);
        return IPAddress.TryParse(parsed.Host.Trim('[', ']'), out IPAddress? address)
            ? new ListenAddress(text, isTls, IPAddress.IsLoopback(address), new IPEndPoint(address, parsed.Port), parsed.Port)
            : new ListenAddress(text, isTls, false, null, parsed.Port);
    }

    private static CommandException Wrong(string text) => new($"{Name} {text} is no address: write http://127.0.0.1:8080 or https://0.0.0.0:8443.", ExitCode.Usage);
}
