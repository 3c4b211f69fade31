using Ecart.Domains.Iot;
using Ecart.Domains.Iot.Outlook;
using Ecart.Scoring;
using Ecart.Simulation;

namespace Ecart.Eval.IotSimulator;

/// <summary>Feeds the simulated fleet to the engine, every measurement scored before it is learned, and notes what is said of each device.</summary>
internal static class IotSimulatorRun
{
    public static IotSimulatorFigures Run(DeviceSimulatorOptions options, Action<double> progress)
    {
        var engine = new IotEngine(new IotOptions());
        var verdict = new Verdict(engine.Dimension);
        var simulator = new DeviceSimulator(options);
        Dictionary<string, DeviceRecord> records = simulator.Devices.ToDictionary(device => device.DeviceId, device => new DeviceRecord(device));
        DateTime measuredFrom = options.Start.AddDays(options.QuietDays);
        long seq = 0;
        foreach (SimulatedMeasurement simulated in simulator.Generate())
        {
            IotMeasurement measurement = simulated.Event;
            engine.Score(measurement, verdict);
            DeviceRecord record = records[measurement.DeviceId];
            record.Add(measurement, verdict, measurement.OccurredAt >= measuredFrom);
            var scored = new ScoredEvent(measurement, verdict, 0, ++seq);
            engine.Learn(in scored);
            if (measurement.OccurredAt >= measuredFrom) record.Note(measurement.OccurredAt, measurement.Signal, engine.OutlookOf(measurement.DeviceId, measurement.Signal));
            if (seq % 1000 == 0) progress((measurement.OccurredAt - options.Start) / TimeSpan.FromDays(options.Days));
        }

        Dictionary<(string Device, string Signal), double> critical = engine.PublishProfiles()
            .Where(profile => profile.Signal.Length > 0).ToDictionary(profile => (profile.DeviceId, profile.Signal), profile => profile.Critical);
        return new IotSimulatorFigures(options, [.. records.Values], critical, seq);
    }
}
