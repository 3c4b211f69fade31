using Ecart.App.Commands;

namespace Ecart.App.Serve;

/// <summary>The certificate by which the service speaks TLS.</summary>
internal sealed class CertificateOptions
{
    /// <summary>PEM file with the certificate and those that vouch for it, in their order, or PFX file. Default none: no TLS.</summary>
    public string? Path { get; set; }

    /// <summary>PEM file with the key; not for PFX. Default the file of the certificate itself.</summary>
    public string? Key { get; set; }

    /// <summary>Password of the key or the PFX file, a secret. Default none.</summary>
    public string? Password { get; set; }

    /// <summary>Checks that they fit together.</summary>
    /// <exception cref="CommandException">They do not; the message names the setting.</exception>
    public void Validate()
    {
        if (Path is null && (Key ?? Password) is not null) throw new CommandException("http.certificate.path is missing: name the certificate.", ExitCode.Usage);
    }
}
