using System.CommandLine;
using Ecart.App.Serve;
using Ecart.Client;

namespace Ecart.App.Commands;

/// <summary>The options by which a command asks a running service instead of the store.</summary>
internal sealed class ServerOptions
{
    private const string KeyVariable = "${ECART_KEY}";

    private readonly Option<Uri?> server = new("--server")
    {
        HelpName = "URL",
        Description = "Ask the service at this address instead of the store.",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
            result.AddError($"--server '{text}' is no address: write http://127.0.0.1:8080.");
            return null;
        },
    };

    private readonly Option<string?> key = new("--key")
    {
        HelpName = "${NAME}|file:PATH",
        Description = "Where the key for --server is: an environment variable or a file. Default ${ECART_KEY}.",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(server);
        command.Options.Add(key);
    }

    /// <summary>A client of the service that the command line names; null when it names none.</summary>
    /// <exception cref="CommandException">The key is not where it should be.</exception>
    public EcartClient? Open(ParseResult parsed)
    {
        if (parsed.GetValue(server) is not { } address) return null;
        string? reference = parsed.GetValue(key);
        if (reference is null && Environment.GetEnvironmentVariable(KeyVariable[2..^1]) is null) return new EcartClient(address);
        return new EcartClient(address, SecretText.Resolve("--key", reference ?? KeyVariable));
    }
}
