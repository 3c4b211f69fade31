using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Protocol;
using Xunit;

namespace Ecart.TestKit;

/// <summary>A private MQTT broker of one test.</summary>
public sealed class Mosquitto : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecart-mqtt-").FullName;
    private Process? process;

    /// <summary>Starts a broker on a free port.</summary>
    public Mosquitto()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        File.WriteAllText(Path.Combine(folder, "broker.conf"), $"listener {Port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\npersistence false\n");
        Start();
    }

    /// <summary>Where it listens on this machine, also after it was killed and started again.</summary>
    public int Port { get; }

    /// <summary>Starts it again.</summary>
    public void Start()
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
            .Select(part => Path.Combine(part, "mosquitto")).FirstOrDefault(File.Exists);
        Require.Part(program is not null, "mosquitto", "install Debian's package mosquitto, or put the program on PATH.");
        process = Process.Start(new ProcessStartInfo(program!, ["-c", Path.Combine(folder, "broker.conf")]) { RedirectStandardError = true });
        process!.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: sessions are lost.</summary>
    public void Kill()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    /// <summary>Publishes at QoS 1, one after the other, waiting for the broker to come up.</summary>
    public async Task PublishAsync(bool retain, params (string Topic, string Text)[] messages)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        MqttClientOptions options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Port).Build();
        while (!client.IsConnected)
        {
            try
            {
                await client.ConnectAsync(options, TestContext.Current.CancellationToken);
            }
            catch (MQTTnet.Exceptions.MqttCommunicationException)
            {
                await Task.Yield();
            }
        }

        foreach ((string topic, string text) in messages)
        {
            await client.PublishAsync(
                new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(text).WithRetainFlag(retain)
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
                TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
    }
}
