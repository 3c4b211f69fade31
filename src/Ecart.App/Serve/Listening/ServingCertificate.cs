using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecart.App.Commands;
using Ecart.App.Terminal;

namespace Ecart.App.Serve.Listening;

/// <summary>The certificate in its files: read again when they change, so that a renewed one is served without a restart. Thread-safe.</summary>
internal sealed class ServingCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly CertificateOptions options;
    private readonly string? password;
    private readonly TimeProvider timeProvider;
    private readonly Lock gate = new();
    private SslStreamCertificateContext current;
    private string stamp;
    private long lookedAt;

    /// <exception cref="CommandException">It cannot be read; the message says why.</exception>
    public ServingCertificate(CertificateOptions options, TimeProvider timeProvider)
    {
        this.options = options;
        this.timeProvider = timeProvider;
        password = options.Password is { } reference ? SecretText.Resolve("http.certificate.password", reference) : null;
        try
        {
            stamp = Stamp();
            current = Read();
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw new CommandException($"http.certificate.path {options.Path} cannot be used: {error.Message}", ExitCode.Usage);
        }

        lookedAt = timeProvider.GetTimestamp();
    }

    /// <summary>What to show to whoever connects now.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (gate)
            {
                if (timeProvider.GetElapsedTime(lookedAt) < LookEvery) return current;
                lookedAt = timeProvider.GetTimestamp();
                RenewUnderLock();
                return current;
            }
        }
    }

    /// <summary>A pair of files that is half written is tried again at the next look.</summary>
    private void RenewUnderLock()
    {
        try
        {
            string now = Stamp();
            if (now == stamp) return;
            current = Read();
            stamp = now;
            Output.Note($"The certificate has changed: serving {current.TargetCertificate.Subject} until {current.TargetCertificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.");
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            Output.Warning($"http.certificate.path {options.Path} has changed and cannot be used: {error.Message} The last good one stays.");
        }
    }

    private string Stamp() => string.Join(' ', new[] { options.Path!, options.Key ?? options.Path! }.Select(file => $"{File.GetLastWriteTimeUtc(file).Ticks}:{new FileInfo(file).Length}"));

    private SslStreamCertificateContext Read()
    {
        bool isPem = File.ReadLines(options.Path!).Take(50).Any(line => line.StartsWith("-----BEGIN", StringComparison.Ordinal));
        var others = new X509Certificate2Collection();
        X509Certificate2 own;
        if (isPem)
        {
            string key = options.Key ?? options.Path!;
            using X509Certificate2 read = password is null
                ? X509Certificate2.CreateFromPemFile(options.Path!, key)
                : X509Certificate2.CreateFromEncryptedPemFile(options.Path!, password, key);
            // A key that only lives in memory is not taken on every platform.
            own = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
            others.ImportFromPemFile(options.Path!);
        }
        else
        {
            others.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(options.Path!, password));
            own = others.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("It holds no private key.");
        }

        return SslStreamCertificateContext.Create(own, others, offline: true);
    }

    private static bool IsUnreadable(Exception error) => error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
