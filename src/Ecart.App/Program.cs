using Ecart.App.Commands;

return await EcartProgram.RunAsync(args);
