using System.Globalization;
using Ecart.Checker.Producing;
using Ecart.TestKit;

namespace Ecart.Checker.Service;

/// <summary>How the service is started, and the producer that goes with it.</summary>
internal sealed class ServiceCommand
{
    private readonly CheckOptions options;
    private readonly string[] arguments;
    private readonly Dictionary<string, string> environment;
    private readonly string log;

    /// <summary>Prepares a command.</summary>
    /// <param name="options">What is checked.</param>
    /// <param name="home">Folder for configuration and input.</param>
    /// <param name="connectionString">The store.</param>
    /// <param name="broker">What the configuration says of a broker.</param>
    public ServiceCommand(CheckOptions options, string home, string connectionString, string? broker)
    {
        this.options = options;
        InputFile = Path.Combine(home, "input.jsonl");
        log = Path.Combine(home, "service.log");
        Address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        environment = new Dictionary<string, string> { ["ECART_MARIADB"] = connectionString, ["ECART_HOME"] = home };
        if (options.Producer == ProducerKind.Live)
        {
            arguments = [typeof(ServiceCommand).Assembly.Location, "pipeline", InputFile, options.BatchSize.ToString(CultureInfo.InvariantCulture)];
            return;
        }

        string configuration = Path.Combine(home, "serve.yaml");
        File.WriteAllText(
            configuration,
            $"http:\n  listen: {Address.GetLeftPart(UriPartial.Authority)}\nbatch_size: {options.BatchSize}\n"
            + (options.Producer == ProducerKind.File ? $"files:\n  - path: {InputFile}\n" : broker + "\n"));
        string program = options.Program ?? Path.Combine(RepositoryRoot.Path, "src/Ecart.App/bin/Release/net10.0/Ecart.App.dll");
        arguments = [program, "serve", "--config", configuration];
    }

    /// <summary>Where the service listens.</summary>
    public Uri Address { get; }

    /// <summary>The file that a followed file's producer appends to.</summary>
    public string InputFile { get; }

    /// <summary>Starts the service.</summary>
    public ServiceProcess Start() => ServiceProcess.Start(arguments, environment, log);

    /// <summary>Makes the producer where there is no broker.</summary>
    public IProducer MakeProducer(CheckedDatabase database, TimeProvider timeProvider) =>
        options.Producer == ProducerKind.Http ? new HttpProducer(Address, timeProvider) : new FileProducer(InputFile, database);
}
