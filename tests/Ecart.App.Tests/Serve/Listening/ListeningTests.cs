using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ecart.App.Commands;
using Ecart.App.Serve;
using Ecart.App.Serve.Listening;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve.Listening;

public sealed class ListeningTests(MariaDbFixture server) : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("tls");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string CertificateFile => Path.Combine(folder.Path, "ecart.pem");

    private string KeyFile => Path.Combine(folder.Path, "ecart.key");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Tls_PemFiles_ServesThemWithSecureCookiesAndStrictTransport()
    {
        using X509Certificate2 certificate = TestCertificate.Make("first");
        TestCertificate.WritePem(certificate, CertificateFile, KeyFile);
        await using RunningService service = await StartTlsAsync();
        await Visitor.AddUserAsync(service, "ada", AccessRole.Viewer);
        using Visitor ada = Visitor.Stranger(service);

        using HttpResponseMessage answer = await ada.SignInAsync("ada", Visitor.Password);

        Assert.Equal("https", service.Address.Scheme);
        Assert.Contains("; secure", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ada.AskAsync("GET", "/v1/me")).Status);
    }

    [Fact]
    public async Task Tls_FilesChange_ServesTheNewOneAndKeepsItThroughARottenOne()
    {
        using X509Certificate2 first = TestCertificate.Make("first");
        using X509Certificate2 second = TestCertificate.Make("second");
        TestCertificate.WritePem(first, CertificateFile, KeyFile);
        await using RunningService service = await StartTlsAsync();
        Assert.Equal("CN=first", await SubjectAsync(service.Address));

        TestCertificate.WritePem(second, CertificateFile, KeyFile);
        await WaitForSubjectAsync(service.Address, "CN=second");
        await File.WriteAllTextAsync(CertificateFile, "-----BEGIN CERTIFICATE-----\nrotten\n-----END CERTIFICATE-----\n", Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(1.2), Cancellation);

        Assert.Equal("CN=second", await SubjectAsync(service.Address));
    }

    [Fact]
    public void Certificate_Pfx_IsReadWithItsPassword()
    {
        using X509Certificate2 certificate = TestCertificate.Make("pfx");
        string file = Path.Combine(folder.Path, "ecart.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, "secret"));
        string password = Path.Combine(folder.Path, "password");
        File.WriteAllText(password, "secret\n");

        var read = new ServingCertificate(new CertificateOptions { Path = file, Password = "file:" + password }, TimeProvider.System);

        Assert.Equal("CN=pfx", read.Current.TargetCertificate.Subject);
        Assert.True(read.Current.TargetCertificate.HasPrivateKey);
        Assert.Contains("cannot be used", Assert.Throws<CommandException>(() => new ServingCertificate(new CertificateOptions { Path = file }, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http.allow_plain")]
    [InlineData("http://*:8080", "http.allow_plain")]
    [InlineData("http://[::]:8080", "http.allow_plain")]
    [InlineData("http://192.0.2.7:8080", "http.allow_plain")]
    [InlineData("http://ecart.example:8080", "http.allow_plain")]
    [InlineData("http://127.0.0.1:8080;http://0.0.0.0:8081", "http.allow_plain")]
    [InlineData("https://127.0.0.1:8443", "http.certificate.path")]
    [InlineData("ftp://127.0.0.1", "is no address")]
    [InlineData("8080", "is no address")]
    [InlineData("", "is empty")]
    public void Listen_InTheClearOrWrong_IsRefusedAtTheStart(string listen, string expected)
    {
        var error = Assert.Throws<CommandException>(() => ServeConfiguration.Read(null, [KeyValuePair.Create("ECART_HTTP__LISTEN", (string?)listen)]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "false")]
    [InlineData("http://localhost:8080", "false")]
    [InlineData("http://[::1]:8080", "false")]
    [InlineData("http://127.8.9.1:0", "false")]
    [InlineData("http://0.0.0.0:8080", "true")]
    public void Listen_OnThisMachineOrAllowed_IsTaken(string listen, string allowPlain) => Assert.Equal(
        listen,
        ServeConfiguration.Read(null, [KeyValuePair.Create("ECART_HTTP__LISTEN", (string?)listen), KeyValuePair.Create("ECART_HTTP__ALLOW_PLAIN", (string?)allowPlain)]).Http.Listen);

    [Theory]
    [InlineData(false, "127.0.0.1", false)]
    [InlineData(true, "198.51.100.7", true)]
    public async Task Forwarded_FromATrustedProxyAlone_IsBelieved(bool isTrusted, string address, bool isSecure)
    {
        await using RunningService service = await RunningService.StartAsync(server, options =>
        {
            if (isTrusted) options.Http.ForwardedFrom = ["127.0.0.0/8"];
        });
        await Visitor.AddUserAsync(service, "ada", AccessRole.Viewer);
        using Visitor ada = Visitor.Stranger(service);
        ada.SendHeader("X-Forwarded-For", "203.0.113.9, 198.51.100.7");
        ada.SendHeader("X-Forwarded-Proto", "https");

        using HttpResponseMessage answer = await ada.SignInAsync("ada", Visitor.Password);

        Assert.Equal(isSecure, Assert.Single(answer.Headers.GetValues("Set-Cookie")).Contains("; secure", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(1, await service.CountAsync($"SELECT COUNT(*) FROM audit_log WHERE action = 'sign_in' AND JSON_VALUE(detail, '$.address') = '{address}'"));
    }

    [Fact]
    public void Forwarded_FromNonsense_IsRefused()
    {
        var error = Assert.Throws<CommandException>(() => ServeConfiguration.Read(null, [KeyValuePair.Create("ECART_HTTP__FORWARDED_FROM__0", (string?)"everybody")]));

        Assert.Contains("http.forwarded_from is everybody", error.Message, StringComparison.Ordinal);
    }

    private Task<RunningService> StartTlsAsync() => RunningService.StartAsync(server, options =>
    {
        options.Http.Listen = "https://127.0.0.1:0";
        options.Http.Certificate = new CertificateOptions { Path = CertificateFile, Key = KeyFile };
    });

    private static async Task WaitForSubjectAsync(Uri address, string subject)
    {
        while (await SubjectAsync(address) != subject) await Task.Delay(50, Cancellation);
    }

    private static async Task<string> SubjectAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        string subject = "";
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = address.Host,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    subject = certificate!.Subject;
                    return subject.Length > 0;
                },
            },
            Cancellation);
        return subject;
    }
}
